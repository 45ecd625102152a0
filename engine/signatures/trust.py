"""The roots that signatures must lead to: certificates in a directory of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509

from engine.errors import EngineError
from engine.signatures.parsing import MALFORMED

DEMO_NAME = "Qadam demo authority (not for real use)"
"""Common name of the demo authority's root; whoever leads to it is not to be trusted in earnest."""

_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})


class TrustUnreadable(EngineError):
    """A file of a trust directory is no certificate."""


class DemoRootInProduction(EngineError):
    """The demo authority is among the trusted certificates of a production installation."""


@dataclass(frozen=True)
class TrustStore:
    """Trusted roots (self-issued certificates) and issuing certificates that help to reach them.

    `passed_over` are the names of files of the directory that are not looked at: other endings.
    """

    roots: tuple[asn1_x509.Certificate, ...]
    issuing: tuple[asn1_x509.Certificate, ...] = ()
    passed_over: tuple[str, ...] = ()

    @classmethod
    def from_directory(cls, path: Path, *, demo: bool = False) -> TrustStore:
        """Every certificate (PEM or DER: .pem, .crt, .cer, .der) of a directory.

        A directory that is missing or empty gives a store that trusts nobody. Raises
        TrustUnreadable; DemoRootInProduction unless `demo`.
        """
        files = sorted(path.iterdir()) if path.is_dir() else []
        certificates = [
            certificate
            for file in files
            if file.is_file() and file.suffix.lower() in _SUFFIXES
            for certificate in _read(file)
        ]
        if not demo and any(is_demo(certificate) for certificate in certificates):
            raise DemoRootInProduction(
                f"Expected no demo certificate in {path}, but found {DEMO_NAME}: "
                "remove it, or start with EDS_MODE=demo"
            )
        return cls(
            roots=tuple(each for each in certificates if _is_root(each)),
            issuing=tuple(each for each in certificates if not _is_root(each)),
            passed_over=tuple(
                file.name
                for file in files
                if not file.name.startswith(".")
                and not (file.is_file() and file.suffix.lower() in _SUFFIXES)
            ),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of the directory can't be as it was meant: one sentence each."""
        found = []
        if self.is_empty:
            found.append("no root is trusted: every signature will be refused")
        if self.passed_over:
            endings = ", ".join(sorted(_SUFFIXES))
            found.append(f"passed over, as only {endings} are read: {', '.join(self.passed_over)}")
        return tuple(found)

    @property
    def is_empty(self) -> bool:
        """Whether no signature can pass."""
        return not self.roots


def is_demo(certificate: asn1_x509.Certificate) -> bool:
    """Whether a certificate is the demo authority's own or was issued by it."""
    return DEMO_NAME in (
        certificate.subject.native.get("common_name"),
        certificate.issuer.native.get("common_name"),
    )


def _is_root(certificate: asn1_x509.Certificate) -> bool:
    return bool(certificate.subject == certificate.issuer)


def _read(file: Path) -> list[asn1_x509.Certificate]:
    data = file.read_bytes()
    try:
        if pem.detect(data):
            ders = [der for _, _, der in pem.unarmor(data, multiple=True)]
        else:
            ders = [data]
        certificates = [asn1_x509.Certificate.load(der, strict=True) for der in ders]
        for certificate in certificates:
            is_demo(certificate)
    except MALFORMED as error:
        raise TrustUnreadable(f"Expected certificates in {file}, but it can't be read") from error
    return certificates
