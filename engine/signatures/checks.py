"""The checks of a signature that need no chain; each raises SignatureRefused with its name."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from engine.errors import SignatureRefused
from engine.identifiers import is_bin, masked
from engine.signatures import oids
from engine.signatures.parsing import MALFORMED, SignedMessage
from engine.signatures.refusal import NOTHING, refused
from engine.signatures.subject import (
    Subject,
    extended_key_usages,
    names_an_organisation,
    read_subject,
)

CLOCK_DIFFERENCE = timedelta(days=1)
"""How far a claimed signing time may be from the server's clock."""

SMALLEST_RSA_KEY = 2048

_HASHES: Mapping[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass(frozen=True)
class Expectation:
    """Who must have signed: the person, and one of the enterprises they may sign for.

    `bins` are BINs; a sole trader has none, their IIN is the enterprise. None: whichever, be it the
    person's own certificate or one of some organisation. An organisation's certificate must have
    one of `roles` (OIDs, see `oids`); None: whichever.
    """

    iin: str
    bins: frozenset[str] | None
    roles: frozenset[str] | None = field(default=frozenset({oids.HEAD, oids.MAY_SIGN}))

    @classmethod
    def of_person(cls, iin: str) -> Expectation:
        """That this person signed, with whichever certificate names them."""
        return cls(iin, bins=None, roles=None)


def algorithms(message: SignedMessage) -> tuple[str, str]:
    """The digest's name and the kind of key. Raises SignatureRefused (algorithm)."""
    if message.is_gost:
        named = (message.signature_oid, message.digest_oid)
        oid = next(each for each in named if each.startswith(oids.GOST))
        raise refused("algorithm", f"ГОСТ/GOST {oid}")
    digest_name = oids.DIGESTS.get(message.digest_oid)
    if digest_name is None:
        raise refused("algorithm", message.digest_oid)
    key_kind, named_digest = oids.SIGNATURES.get(message.signature_oid, ("", None))
    if not key_kind or named_digest not in (None, digest_name):
        raise refused("algorithm", message.signature_oid)
    return digest_name, key_kind


def check_attached(message: SignedMessage, content: bytes) -> None:
    """The kind of content, and that content which came with the signature is the stored one."""
    if message.content_type != oids.DATA or message.signed_content_type != oids.DATA:
        raise refused("content_type")
    if message.attached is not None and message.attached != content:
        raise refused("content")


def check_content(message: SignedMessage, content: bytes, digest_name: str) -> None:
    check_attached(message, content)
    check_digest(message, content, digest_name)


def check_digest(message: SignedMessage, content: bytes, digest_name: str) -> None:
    digest = hashlib.new(digest_name, content).digest()
    if not hmac.compare_digest(digest, message.message_digest):
        raise refused("message_digest")


def check_signature(message: SignedMessage, digest_name: str, key_kind: str) -> None:
    algorithm = _HASHES[digest_name]
    try:
        key = message.signer.public_key()
    except MALFORMED as error:
        raise refused("algorithm", message.signature_oid) from error
    try:
        if key_kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            if key.key_size < SMALLEST_RSA_KEY:
                raise refused("algorithm", f"RSA {key.key_size}")
            key.verify(message.signature, message.signed_bytes, padding.PKCS1v15(), algorithm)
        elif key_kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(message.signature, message.signed_bytes, ec.ECDSA(algorithm))
        else:
            raise refused("algorithm", message.signature_oid)
    except InvalidSignature as error:
        raise refused("signature") from error
    _check_signed_certificate(message)


def _check_signed_certificate(message: SignedMessage) -> None:
    """Where the signer signed which certificate is theirs, it must be the one at hand."""
    for oid, digest in message.certificate_digests:
        name = oids.DIGESTS.get(oid)
        if name is None:
            raise refused("algorithm", oid)
        if message.signer.fingerprint(_HASHES[name]) != digest:
            raise refused("signature")


def check_signing_time(message: SignedMessage, at: datetime) -> None:
    claimed = message.signing_time
    if claimed is not None and abs(claimed - at) > CLOCK_DIFFERENCE:
        raise refused("signing_time")


def check_usages(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        extended = extended_key_usages(certificate)
    except (x509.ExtensionNotFound, *MALFORMED) as error:
        raise refused("key_usage") from error
    if not (usage.digital_signature and usage.content_commitment):
        raise refused("key_usage")
    if oids.EMAIL_PROTECTION not in extended:
        raise refused("extended_key_usage")


def check_subject(certificate: x509.Certificate, expect: Expectation) -> Subject:
    try:
        subject = read_subject(certificate)
        is_organisation = names_an_organisation(certificate)
    except MALFORMED as error:
        raise refused("signer") from error
    if subject.iin is None or subject.iin != expect.iin:
        raise refused("signer", found=_told(subject.iin), expected=_told(expect.iin))
    is_unreadable = is_organisation and subject.bin is None
    if is_unreadable or not (expect.bins is None or subject.enterprise in expect.bins):
        raise _of_another_enterprise(subject, expect, is_organisation=is_organisation)
    if is_organisation and expect.roles is not None and not subject.roles & expect.roles:
        raise refused("role")
    return subject


def _told(iin: str | None) -> str:
    """A person's number for a message."""
    return masked(iin) if iin else NOTHING


def _of_another_enterprise(
    subject: Subject, expect: Expectation, *, is_organisation: bool
) -> SignatureRefused:
    organisations = sorted(each for each in expect.bins or () if is_bin(each))
    expected = ", ".join(organisations) or NOTHING
    if not is_organisation:
        return refused("organisation", case="a person's key", expected=expected)
    found = subject.bin or NOTHING
    if expect.bins == {expect.iin}:
        return refused("organisation", case="not a person's key", found=found)
    return refused("organisation", found=found, expected=expected)
