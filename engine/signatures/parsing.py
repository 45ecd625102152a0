"""Reads a CMS (RFC 5652) strictly: one signer, signed attributes, nothing after its end.

Everything that is used later is taken out here, so that malformed bytes are refused in one place,
and within bounds: whoever sends a signature chose every byte of it.
BER is read, as some signing programs write it; what is signed (the attributes) counts as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms as asn1
from asn1crypto import core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from engine.signatures import oids
from engine.signatures.refusal import refused

MAX_SIZE = 128 * 1024
"""Bytes of a CMS: signatures are detached, so there is room for certificates and a time stamp."""

MAX_CERTIFICATES = 5
"""Signer, issuing authorities, root: more have no business in a signature."""

_LONG_ARC = re.compile(rb"[\x80-\xff]{128}")
"""In an object identifier an arc goes on while the high bit is set, and asn1crypto's time grows
with the square of its length. No key, digest, name or date has a run as long."""

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
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the ASN.1 libraries raise for bytes that are not what they claim to be."""


@dataclass(frozen=True)
class SignedMessage:
    """What a CMS says. `signed_bytes` are what the signature covers: the attributes as DER;
    `time_stamp` is the token (RFC 3161) that came with it, as DER."""

    cms: bytes
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
    time_stamp: bytes | None

    @property
    def is_gost(self) -> bool:
        """Whether an algorithm is of Kazakhstan's standards."""
        return any(oid.startswith(oids.GOST) for oid in (self.signature_oid, self.digest_oid))


def parse(cms: bytes, known: Sequence[asn1_x509.Certificate] = ()) -> SignedMessage:
    """Reads a CMS once, for all that is asked of it later.

    `known`: certificates of which one may be the signer's, besides those in the CMS. Raises
    SignatureRefused (parse, one_signer, certificate).
    """
    if len(cms) > MAX_SIZE or has_long_arc(cms):
        raise refused("parse")
    try:
        info = asn1.ContentInfo.load(cms, strict=True)
        if info["content_type"].dotted != oids.SIGNED_DATA:
            raise refused("parse")
        data = info["content"]
        signers = data["signer_infos"]
        is_one = len(signers) == 1
    except MALFORMED as error:
        raise refused("parse") from error
    if not is_one:
        raise refused("one_signer")
    try:
        return _read(cms, data, signers[0], known)
    except MALFORMED as error:
        raise refused("parse") from error


def has_long_arc(data: bytes) -> bool:
    """Whether there may be an object identifier that would take long to read."""
    return _LONG_ARC.search(data) is not None


def _read(
    cms: bytes, data: Any, signer: Any, known: Sequence[asn1_x509.Certificate]
) -> SignedMessage:
    certificates = _certificates(data["certificates"])
    attributes = _attributes(signer["signed_attrs"])
    encapsulated = data["encap_content_info"]
    return SignedMessage(
        cms=cms,
        content_type=encapsulated["content_type"].dotted,
        attached=_attached(encapsulated["content"]),
        digest_oid=signer["digest_algorithm"]["algorithm"].dotted,
        signature_oid=signer["signature_algorithm"]["algorithm"].dotted,
        signature=signer["signature"].native,
        signed_bytes=signer["signed_attrs"].untag().dump(),
        signed_content_type=_only(attributes, oids.CONTENT_TYPE).dotted,
        message_digest=_only(attributes, oids.MESSAGE_DIGEST).native,
        signing_time=_signing_time(attributes),
        certificate_digests=_certificate_digests(attributes),
        signer=_signer_certificate(signer["sid"], [*certificates, *known]),
        certificates=tuple(certificates),
        time_stamp=_time_stamp(_attributes(signer["unsigned_attrs"])),
    )


def _attached(content: Any) -> bytes | None:
    """The content that came along, as it was digested; None where there is none."""
    if isinstance(content, core.Void):
        return None
    if not isinstance(content, core.OctetString | core.ParsableOctetString):
        raise ValueError(f"content that is a {type(content).__name__}")
    return bytes(content)


def _time_stamp(attributes: dict[str, list[Any]]) -> bytes | None:
    if oids.TIME_STAMP_TOKEN not in attributes:
        return None
    token: bytes = _only(attributes, oids.TIME_STAMP_TOKEN).dump()
    return token


def _attributes(attributes: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for attribute in () if isinstance(attributes, core.Void) else attributes:
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
    """The one certificate that the signer names, with extensions that can be read.

    Raises SignatureRefused (certificate).
    """
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
        certificate = x509.load_der_x509_certificate(matching[0].dump())
        len(certificate.extensions)
    except MALFORMED as error:
        raise refused("certificate") from error
    return certificate
