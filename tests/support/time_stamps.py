"""A time stamp authority below a demo authority, and signatures with its tokens."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from asn1crypto import cms as asn1
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from engine.signatures import oids
from engine.signatures.demo import DemoAuthority, DemoKey


def time_stamp_key(authority: DemoAuthority, usage: str = oids.TIME_STAMPING) -> DemoKey:
    return authority.issue("Демо уақыт белгісі", "900101300004", extended_key_usages=[usage])


def token(key: DemoKey, signature: bytes, moment: datetime, **changes: Any) -> asn1.ContentInfo:
    """A time stamp over the signature's value; `changes`: digest, with_certificates, spoil."""
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.398.3.3.2",
            "message_imprint": {
                "hash_algorithm": {"algorithm": changes.get("digest", "sha256")},
                "hashed_message": hashlib.sha256(signature).digest(),
            },
            "serial_number": 7,
            "gen_time": moment,
        }
    ).dump()
    kind = "tst_info"
    attributes = asn1.CMSAttributes(
        [
            asn1.CMSAttribute({"type": "content_type", "values": [kind]}),
            asn1.CMSAttribute(
                {"type": "message_digest", "values": [hashlib.sha256(info).digest()]}
            ),
        ]
    )
    value = key.private_key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    if changes.get("spoil"):
        value = value[::-1]
    own = asn1_x509.Certificate.load(key.certificate.public_bytes(Encoding.DER))
    above = [asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in key.issuing]
    signer = {
        "version": "v1",
        "sid": asn1.SignerIdentifier(
            {
                "issuer_and_serial_number": {
                    "issuer": own.issuer,
                    "serial_number": own.serial_number,
                }
            }
        ),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_rsa"},
        "signature": value,
    }
    data = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {
            "content_type": kind,
            "content": asn1.ParsableOctetString(info),
        },
        "signer_infos": [signer],
    }
    if changes.get("with_certificates", True):
        data["certificates"] = [own, *above]
    return asn1.ContentInfo({"content_type": "signed_data", "content": asn1.SignedData(data)})


def stamped(cms: bytes, *tokens: asn1.ContentInfo) -> bytes:
    """The signature with time stamps beside it."""
    info = asn1.ContentInfo.load(cms)
    signer = info["content"]["signer_infos"][0]
    signer["unsigned_attrs"] = asn1.CMSAttributes(
        [asn1.CMSAttribute({"type": "signature_time_stamp_token", "values": list(tokens)})]
    )
    return info.dump(force=True)


def value_of(cms: bytes) -> bytes:
    """The value of the one signature."""
    value: bytes = asn1.ContentInfo.load(cms)["content"]["signer_infos"][0]["signature"].native
    return value
