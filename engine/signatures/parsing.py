"""Reads a CMS (RFC 5652) strictly: one signer, signed attributes, nothing after its end.

Everything that is used later is taken out here, so that malformed bytes are refused in one place.
BER is read, as some signing programs write it; what is signed (the attributes) counts as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms as asn1
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from engine.signatures import oids
from engine.signatures.refusal import refused

MAX_SIZE = 1024 * 1024
"""Bytes of a CMS, with the content it may hold."""

MAX_CERTIFICATES = 20

MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    RecursionError,
    UnsupportedAlgorithm,
)
"""What the ASN.1 libraries raise for bytes that are not what they claim to be."""


@dataclass(frozen=True)
class SignedMessage:
    """What a CMS says. `signed_bytes` are what the signature covers: the attributes as DER."""

    content_type: str
    attached: bytes | None
    digest_oid: str
    signature_oid: str
    signature: bytes
    signed_bytes: bytes
    signed_content_type: str
    message_digest: bytes
    signing_time: datetime | None
    certificate_digests: tuple[tuple[str, bytes], ...]
    signer: x509.Certificate
    certificates: tuple[asn1_x509.Certificate, ...]
    has_time_stamp: bool


def parse(cms: bytes) -> SignedMessage:
    """Raises SignatureRefused (parse, one_signer, certificate)."""
    if len(cms) > MAX_SIZE:
        raise refused("parse")
    try:
        info = asn1.ContentInfo.load(cms, strict=True)
        if info["content_type"].dotted != oids.SIGNED_DATA:
            raise refused("parse")
        data = info["content"]
        signers = list(data["signer_infos"])
    except MALFORMED as error:
        raise refused("parse") from error
    if len(signers) != 1:
        raise refused("one_signer")
    try:
        return _read(data, signers[0])
    except MALFORMED as error:
        raise refused("parse") from error


def _read(data: Any, signer: Any) -> SignedMessage:
    certificates = _certificates(data["certificates"])
    attributes = _attributes(signer["signed_attrs"])
    encapsulated = data["encap_content_info"]
    attached = encapsulated["content"].native
    if attached is not None and not isinstance(attached, bytes):
        raise refused("parse")
    unsigned = _attributes(signer["unsigned_attrs"])
    return SignedMessage(
        content_type=encapsulated["content_type"].dotted,
        attached=attached,
        digest_oid=signer["digest_algorithm"]["algorithm"].dotted,
        signature_oid=signer["signature_algorithm"]["algorithm"].dotted,
        signature=signer["signature"].native,
        signed_bytes=signer["signed_attrs"].untag().dump(),
        signed_content_type=_only(attributes, oids.CONTENT_TYPE).dotted,
        message_digest=_only(attributes, oids.MESSAGE_DIGEST).native,
        signing_time=_signing_time(attributes),
        certificate_digests=_certificate_digests(attributes),
        signer=_signer_certificate(signer["sid"], certificates),
        certificates=tuple(certificates),
        has_time_stamp=oids.TIME_STAMP_TOKEN in unsigned,
    )


def _attributes(attributes: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for attribute in attributes if attributes.native is not None else ():
        oid = attribute["type"].dotted
        if oid in found:
            raise ValueError(f"attribute {oid} twice")
        found[oid] = list(attribute["values"])
    return found


def _only(attributes: dict[str, list[Any]], oid: str) -> Any:
    values = attributes[oid]
    if len(values) != 1:
        raise ValueError(f"attribute {oid} with {len(values)} values")
    return values[0]


def _signing_time(attributes: dict[str, list[Any]]) -> datetime | None:
    if oids.SIGNING_TIME not in attributes:
        return None
    moment = _only(attributes, oids.SIGNING_TIME).native
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("signing time without a zone")
    return moment


def _certificate_digests(attributes: dict[str, list[Any]]) -> tuple[tuple[str, bytes], ...]:
    """Digests of the signer's certificate that the signer signed (RFC 5035), first of each list."""
    if oids.SIGNING_CERTIFICATE_V2 not in attributes:
        return ()
    value = _only(attributes, oids.SIGNING_CERTIFICATE_V2).dump()
    first = tsp.SigningCertificateV2.load(value, strict=True)["certs"][0]
    return ((first["hash_algorithm"]["algorithm"].dotted, first["cert_hash"].native),)


def _certificates(choices: Any) -> list[asn1_x509.Certificate]:
    found = [choice for choice in choices if choice.name == "certificate"]
    if len(found) > MAX_CERTIFICATES:
        raise ValueError("too many certificates")
    return [choice.chosen for choice in found]


def _signer_certificate(
    sid: Any, certificates: Sequence[asn1_x509.Certificate]
) -> x509.Certificate:
    """The one certificate that the signer names. Raises SignatureRefused (certificate)."""
    if sid.name == "issuer_and_serial_number":
        wanted = sid.chosen
        matching = [
            each
            for each in certificates
            if each.issuer == wanted["issuer"]
            and each.serial_number == wanted["serial_number"].native
        ]
    else:
        matching = [each for each in certificates if each.key_identifier == sid.chosen.native]
    if len({each.dump() for each in matching}) != 1:
        raise refused("certificate")
    try:
        return x509.load_der_x509_certificate(matching[0].dump())
    except MALFORMED as error:
        raise refused("certificate") from error
