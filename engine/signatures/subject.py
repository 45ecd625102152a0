"""Whose certificate it is: the person's IIN, the organisation's BIN, the roles."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

from engine.identifiers import is_bin, is_iin
from engine.signatures import oids

_IIN, _BIN = "IIN", "BIN"


@dataclass(frozen=True)
class Subject:
    """`bin` is None for a person's own certificate; `enterprise` then is the person (their IIN)."""

    name: str
    common_name: str
    organisation: str | None
    iin: str | None
    bin: str | None
    roles: frozenset[str]

    @property
    def enterprise(self) -> str | None:
        return self.bin or self.iin


def read_subject(certificate: x509.Certificate) -> Subject:
    """The subject of a certificate: `serialNumber=IIN…`, `OU=BIN…`, roles as key usages.

    A number that is written wrong, or more than once, counts as none. Raises ValueError where the
    certificate's extensions can't be read.
    """
    subject = certificate.subject
    iin = _numbered(subject, NameOID.SERIAL_NUMBER, _IIN)
    bin_number = _numbered(subject, NameOID.ORGANIZATIONAL_UNIT_NAME, _BIN)
    return Subject(
        name=subject.rfc4514_string(),
        common_name=next(iter(_texts(subject, NameOID.COMMON_NAME)), ""),
        organisation=next(iter(_texts(subject, NameOID.ORGANIZATION_NAME)), None),
        iin=iin if iin is not None and is_iin(iin) else None,
        bin=bin_number if bin_number is not None and is_bin(bin_number) else None,
        roles=frozenset(extended_key_usages(certificate) & set(oids.ROLES)),
    )


def names_an_organisation(certificate: x509.Certificate) -> bool:
    """Whether the subject has an `OU=BIN…` at all, be it readable or not."""
    units = _texts(certificate.subject, NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.startswith(_BIN) for unit in units)


def extended_key_usages(certificate: x509.Certificate) -> frozenset[str]:
    """OIDs of the extended key usages; none where the extension is missing."""
    try:
        usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(usage.dotted_string for usage in usages)


def _texts(subject: x509.Name, oid: x509.ObjectIdentifier) -> list[str]:
    return [
        value
        for attribute in subject.get_attributes_for_oid(oid)
        if isinstance(value := attribute.value, str)
    ]


def _numbered(subject: x509.Name, oid: x509.ObjectIdentifier, prefix: str) -> str | None:
    found = [text for text in _texts(subject, oid) if text.startswith(prefix)]
    return found[0].removeprefix(prefix) if len(found) == 1 else None
