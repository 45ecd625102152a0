"""A certificate authority to try signing with: its root says what it is, and production refuses it.

Certificates look like those of the National Certification Authority: an issuing authority below
the root, `serialNumber=IIN…`, `OU=BIN…`, roles as extended key usages.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from engine.errors import EngineError
from engine.private_files import write_private
from engine.signatures import oids
from engine.signatures.signing import sign_detached
from engine.signatures.trust import DEMO_NAME

ISSUING_NAME = "Qadam demo issuing authority (not for real use)"
ROOT_FILE = "qadam-demo-root.pem"
PERSON_ROLES = (oids.PERSON,)
HEAD_ROLES = (oids.ORGANISATION, oids.HEAD)

_BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
_LASTS = timedelta(days=365 * 40)
_KEY_SIZE = 2048
_DIGITS = re.compile(r"[0-9]{12}")


class DemoAuthorityUnreadable(EngineError):
    """The files of a demo authority are missing or damaged."""


@dataclass(frozen=True)
class DemoKey:
    """A private key with its certificate and those above it, without the root."""

    private_key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuing: tuple[x509.Certificate, ...] = ()


class DemoAuthority:
    """A root, an issuing authority, and the keys of demo people, in one directory.

    Keys are readable by their owner only. `trust_directory` holds the root's certificate alone.
    """

    def __init__(self, directory: Path, root: DemoKey, issuing: DemoKey) -> None:
        self.directory = directory
        self.root = root
        self.issuing = issuing
        self._lock = threading.Lock()

    @classmethod
    def create(cls, directory: Path) -> DemoAuthority:
        """The authority of a directory: the one that is there, else a new one.

        Raises DemoAuthorityUnreadable where its files are damaged.
        """
        if not (directory / "root.pem").exists():
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            root_key, issuing_key = _new_key(), _new_key()
            name = _name([(NameOID.COMMON_NAME, DEMO_NAME)])
            root = _authority(name, root_key, name, root_key, path_length=1)
            issuing_name = _name([(NameOID.COMMON_NAME, ISSUING_NAME)])
            issuing = _authority(issuing_name, issuing_key, name, root_key, path_length=0)
            _write(directory / "issuing.pem", DemoKey(issuing_key, issuing))
            _write(directory / "root.pem", DemoKey(root_key, root))
        authority = cls(directory, _read(directory / "root.pem"), _read(directory / "issuing.pem"))
        authority.publish_root(authority.trust_directory)
        return authority

    @property
    def trust_directory(self) -> Path:
        return self.directory / "trust"

    def publish_root(self, trust: Path) -> Path:
        """Puts the root's certificate into a trust directory; returns its file."""
        trust.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = trust / ROOT_FILE
        write_private(file, self.root.certificate.public_bytes(Encoding.PEM))
        return file

    def issue(
        self,
        common_name: str,
        iin: str,
        bin: str | None = None,
        roles: Iterable[str] | None = None,
        *,
        organisation: str | None = None,
        not_before: datetime = _BEGINS,
        not_after: datetime = _BEGINS + _LASTS,
        extended_key_usages: Iterable[str] = (oids.EMAIL_PROTECTION,),
    ) -> DemoKey:
        """A new key for signing. With a BIN it is an organisation's, by default of its head."""
        private_key = _new_key()
        granted = roles if roles is not None else (HEAD_ROLES if bin else PERSON_ROLES)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(_person(common_name, iin, bin, organisation))
            .issuer_name(self.issuing.certificate.subject)
            .public_key(private_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(not_before)
            .not_valid_after(not_after)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signing=True), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage(
                    [x509.ObjectIdentifier(oid) for oid in (*extended_key_usages, *granted)]
                ),
                critical=False,
            )
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(private_key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(
                    self.issuing.private_key.public_key()
                ),
                critical=False,
            )
            .sign(self.issuing.private_key, hashes.SHA256())
        )
        return DemoKey(private_key, certificate, (self.issuing.certificate,))

    def key_of(self, common_name: str, iin: str, bin: str | None = None) -> DemoKey:
        """The kept key of a person, for themselves or for an organisation; made when missing.

        Raises ValueError where `iin` or `bin` are not twelve digits.
        """
        for number in (iin, bin):
            if number is not None and not _DIGITS.fullmatch(number):
                raise ValueError(f"Expected twelve digits, but found {number!r}")
        file = self.directory / "people" / f"{iin}-{bin or 'person'}.pem"
        with self._lock:
            if not file.exists():
                file.parent.mkdir(mode=0o700, exist_ok=True)
                _write(file, self.issue(common_name, iin, bin))
            kept = _read(file)
        return DemoKey(kept.private_key, kept.certificate, (self.issuing.certificate,))

    def sign(self, content: bytes, *, iin: str, bin: str | None, name: str) -> bytes:
        """A detached CMS over `content` with the kept key of this person."""
        key = self.key_of(name, iin, bin)
        return sign_detached(key.private_key, key.certificate, content, key.issuing)


def _authority(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    path_length: int,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGINS)
        .not_valid_after(_BEGINS + _LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_usage(signing=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _usage(*, signing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=signing,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signing,
        crl_sign=not signing,
        encipher_only=False,
        decipher_only=False,
    )


def _person(
    common_name: str, iin: str, bin_number: str | None, organisation: str | None
) -> x509.Name:
    parts = [(NameOID.COMMON_NAME, common_name[:64]), (NameOID.SERIAL_NUMBER, f"IIN{iin}")]
    if organisation is not None:
        parts.append((NameOID.ORGANIZATION_NAME, organisation[:64]))
    if bin_number is not None:
        parts.append((NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{bin_number}"))
    return _name(parts)


def _name(parts: Sequence[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ")
    return x509.Name([*(x509.NameAttribute(oid, text) for oid, text in parts), country])


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_KEY_SIZE)


def _write(file: Path, key: DemoKey) -> None:
    private = key.private_key.private_bytes(
        Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(file, private + key.certificate.public_bytes(Encoding.PEM))


def _read(file: Path) -> DemoKey:
    try:
        return _understood(file.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise DemoAuthorityUnreadable(f"Expected a demo key in {file}: {error}") from error


@lru_cache(maxsize=256)
def _understood(data: bytes) -> DemoKey:
    """A key as its file says; that an RSA key is sound takes long to see, so that is kept."""
    private_key = serialization.load_pem_private_key(data, password=None)
    if not isinstance(private_key, rsa.RSAPrivateKey):
        raise ValueError("an RSA key was expected")
    return DemoKey(private_key, x509.load_pem_x509_certificate(data))
