"""Makes a detached CMS: what a signing program does with a person's key."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding


def sign_detached(
    key: rsa.RSAPrivateKey,
    certificate: x509.Certificate,
    content: bytes,
    others: Sequence[x509.Certificate] = (),
    signing_time: datetime | None = None,
) -> bytes:
    """A detached CMS (DER, RSA-SHA256) over `content`, with the certificates it needs.

    There is a signing time in it only where one is given.
    """
    signer = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    attributes = [
        ("content_type", "data"),
        ("message_digest", hashlib.sha256(content).digest()),
    ]
    signed = cms.CMSAttributes(
        [cms.CMSAttribute({"type": name, "values": [value]}) for name, value in attributes]
    )
    if signing_time is not None:
        moment = cms.Time({"utc_time": signing_time.astimezone(UTC)})
        signed.append(cms.CMSAttribute({"type": "signing_time", "values": [moment]}))
    signature = key.sign(signed.dump(force=True), padding.PKCS1v15(), hashes.SHA256())
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": {
                        "issuer": signer.issuer,
                        "serial_number": signer.serial_number,
                    }
                }
            ),
            "digest_algorithm": sha256,
            "signed_attrs": signed,
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": signature,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [signer, *(_asn1(each) for each in others)],
            "signer_infos": [info],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
