"""Signatures that a person might send: their own, and every wrong one."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

from asn1crypto import algos
from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from engine.signatures import oids
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.signing import sign_detached

ANOTHER_PERSON = "900101300037"
ANOTHER_ENTERPRISE = "150140000052"

WRONG = {
    "another person": "signer",
    "another enterprise": "organisation",
    "other bytes": "message_digest",
    "a person's own key": "organisation (a person's key)",
    "two signers": "one_signer",
    "expired": "validity",
    "not yet valid": "validity",
    "revoked": "revoked",
    "unknown root": "chain",
    "key for logging in": "extended_key_usage",
    "employee": "role",
    "GOST": "algorithm",
    "nonsense": "parse",
}
"""Ways to be wrong, with the sentence that says so (in engine.signatures.refusal)."""


class Keys:
    """Signs over bytes as a person with an enterprise, rightly or wrongly."""

    def __init__(
        self, authority: DemoAuthority, folder: Path, iin: str, bin: str, now: datetime
    ) -> None:
        self.authority = authority
        self._now = now
        self._foreign = DemoAuthority.create(folder / "foreign")
        self._iin, self._bin = iin, bin
        self._known: dict[str, DemoKey] = {}
        self.revoked = self._issue(common_name="Демо Кері қайтарылған")

    def right(self, content: bytes) -> bytes:
        return _signed(self._issue(), content)

    def wrong(self, how: str, content: bytes) -> bytes:
        """A signature that is wrong in one of the ways of `WRONG`."""
        match how:
            case "another person":
                return _signed(self._issue(iin=ANOTHER_PERSON), content)
            case "another enterprise":
                return _signed(self._issue(bin=ANOTHER_ENTERPRISE), content)
            case "a person's own key":
                return _signed(self._issue(of_enterprise=False), content)
            case "two signers":
                return _twice(_signed(self._issue(), content))
            case "not yet valid":
                return _signed(self._issue(not_before=self._now + timedelta(days=1)), content)
            case "other bytes":
                return _signed(self._issue(), content + b" ")
            case "expired":
                return _signed(self._issue(not_after=self._now - timedelta(days=1)), content)
            case "revoked":
                return _signed(self.revoked, content)
            case "unknown root":
                return _signed(self._issue(authority=self._foreign), content)
            case "key for logging in":
                return _signed(self._issue(extended_key_usages=["1.3.6.1.5.5.7.3.2"]), content)
            case "employee":
                roles = (oids.ORGANISATION, oids.EMPLOYEE)
                return _signed(self._issue(roles=roles), content)
            case "GOST":
                return _renamed(_signed(self._issue(), content))
            case "nonsense":
                return b"this is no signature"
        raise AssertionError(how)

    def revocation_lists(self) -> tuple[bytes, bytes]:
        """The lists of the issuing authority, which revokes one key, and of the root."""
        revoked = self.revoked.certificate.serial_number
        return (
            _list(self.authority.issuing, revoked, self._now),
            _list(self.authority.root, None, self._now),
        )

    def _issue(
        self,
        *,
        authority: DemoAuthority | None = None,
        common_name: str = "Демо Қол қоюшы",
        iin: str | None = None,
        bin: str | None = None,
        of_enterprise: bool = True,
        not_after: datetime = datetime(2059, 1, 1, tzinfo=UTC),
        **options: Any,
    ) -> DemoKey:
        """A key, the same one for the same wishes: making them takes long."""
        wish = repr((authority is None, common_name, iin, bin, of_enterprise, not_after, options))
        if wish not in self._known:
            self._known[wish] = (authority or self.authority).issue(
                common_name,
                iin or self._iin,
                (bin or self._bin) if of_enterprise else None,
                organisation="ТОО «Үлгі»" if of_enterprise else None,
                not_after=not_after,
                **options,
            )
        return self._known[wish]


class _Lists(BaseHTTPRequestHandler):
    """The authority's revocation lists."""

    given: ClassVar[tuple[bytes, ...]] = ()

    def do_GET(self) -> None:
        body = self.given[int(self.path.strip("/"))]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the test's output."""


class RevocationService:
    """Serves revocation lists on the loopback. `settings` tell an installation to ask it."""

    def __init__(self, server: HTTPServer, lists: type[_Lists]) -> None:
        self._lists = lists
        address = f"http://127.0.0.1:{server.server_port}"
        self.settings = {
            "QADAM_EDS_REVOCATION": "required",
            "QADAM_EDS_CRL_URLS": f"{address}/0 {address}/1",
        }

    def publish(self, keys: Keys) -> None:
        """Gives out the lists of the keys' authority from now on."""
        self._lists.given = keys.revocation_lists()


@contextmanager
def revocation_service() -> Iterator[RevocationService]:
    """A service of its own, until the end of the block."""
    lists = type("Lists", (_Lists,), {})
    with HTTPServer(("127.0.0.1", 0), lists) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield RevocationService(server, lists)
        server.shutdown()
        thread.join()


def parts(sentence: str) -> list[str]:
    """A sentence without what is filled in."""
    return [part for part in re.split(r"\{\w+\}", sentence) if part.strip()]


def as_text(cms: bytes) -> str:
    """As NCALayer gives it: base64."""
    return base64.b64encode(cms).decode()


def _signed(key: DemoKey, content: bytes) -> bytes:
    return sign_detached(key.private_key, key.certificate, content, key.issuing)


def _twice(cms: bytes) -> bytes:
    info = asn1.ContentInfo.load(cms)
    signer = info["content"]["signer_infos"][0]
    info["content"]["signer_infos"] = [signer, signer]
    return info.dump(force=True)


def _renamed(cms: bytes) -> bytes:
    """The signature with the name of Kazakhstan's algorithm, which no library here knows."""
    info = asn1.ContentInfo.load(cms)
    signer = info["content"]["signer_infos"][0]
    signer["signature_algorithm"] = algos.SignedDigestAlgorithm(
        {"algorithm": "1.2.398.3.10.1.1.2.3.2"}
    )
    return info.dump(force=True)


def _list(issuer: DemoKey, revoked: int | None, now: datetime) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now - timedelta(days=1))
        .next_update(now + timedelta(days=1))
    )
    if revoked is not None:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(revoked)
            .revocation_date(now - timedelta(days=2))
            .build()
        )
    return builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(Encoding.DER)
