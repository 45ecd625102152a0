"""Revoked certificates are refused where revocation is looked at; answers are kept as evidence."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from engine.signatures import (
    Check,
    Evidence,
    Expectation,
    RevocationAnswers,
    RevocationMode,
    RevocationSource,
    SignatureRefused,
    TrustStore,
    reverify,
    verify,
)
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.http_revocation import HttpRevocationSource
from engine.signatures.signing import sign_detached

HOUR = timedelta(hours=1)


def revocation_list(
    issuer: DemoKey, at: datetime, revoked: x509.Certificate | None = None
) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at - HOUR)
        .next_update(at + HOUR)
    )
    if revoked is not None:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(revoked.serial_number)
            .revocation_date(at - HOUR)
            .build()
        )
    return builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(Encoding.DER)


def ocsp_answer(
    issuer: DemoKey, certificate: x509.Certificate, at: datetime, *, good: bool
) -> bytes:
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA1(),
        cert_status=ocsp.OCSPCertStatus.GOOD if good else ocsp.OCSPCertStatus.REVOKED,
        this_update=at - HOUR,
        next_update=at + HOUR,
        revocation_time=None if good else at - HOUR,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, issuer.certificate)
    return builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(Encoding.DER)


class Given:
    """Answers that were had before."""

    def __init__(self, *, ocsp: tuple[bytes, ...] = (), crls: tuple[bytes, ...] = ()) -> None:
        self.given = RevocationAnswers(ocsp, crls)

    def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
        assert len(chain) == 3
        return self.given


Verify = Callable[[RevocationMode, RevocationSource | None], Evidence]


@pytest.fixture(name="cms")
def _cms(head: DemoKey) -> bytes:
    return sign_detached(head.private_key, head.certificate, b"x", head.issuing)


@pytest.fixture(name="verified")
def _verified(cms: bytes, trust: TrustStore, people: SimpleNamespace, at: datetime) -> Verify:
    expect = Expectation(people.iin, frozenset({people.bin}))

    def verified(mode: RevocationMode, source: RevocationSource | None) -> Evidence:
        return verify(cms, b"x", trust, expect, at, mode, source)

    return verified


def refused(
    check: str, verified: Verify, mode: RevocationMode, source: RevocationSource | None
) -> None:
    with pytest.raises(SignatureRefused) as caught:
        verified(mode, source)
    assert caught.value.check == check


def test_off_asks_nobody(verified: Verify) -> None:
    class Nobody:
        def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
            raise AssertionError("must not be asked")

    evidence = verified(RevocationMode.OFF, Nobody())
    assert evidence.revocation == "not checked"
    assert Check.REVOCATION not in evidence.checks


def test_soft_takes_no_answer_as_good_and_says_so(verified: Verify) -> None:
    for source in (None, Given(), Given(ocsp=(b"x",), crls=(b"y",))):
        evidence = verified(RevocationMode.SOFT, source)
        assert (evidence.revocation_mode, evidence.revocation) == ("soft", "unknown")
        assert Check.REVOCATION not in evidence.checks


def test_required_needs_an_answer_for_every_certificate(
    authority: DemoAuthority, verified: Verify, at: datetime
) -> None:
    own = revocation_list(authority.issuing, at)
    above = revocation_list(authority.root, at)
    for source in (None, Given(), Given(crls=(own,)), Given(crls=(above,)), Given(ocsp=(b"x",))):
        refused("revocation", verified, RevocationMode.REQUIRED, source)
    evidence = verified(RevocationMode.REQUIRED, Given(crls=(own, above)))
    assert evidence.revocation == "not revoked"
    assert Check.REVOCATION in evidence.checks
    assert evidence.answers.crls == (own, above)


@pytest.mark.parametrize("mode", [RevocationMode.SOFT, RevocationMode.REQUIRED])
def test_a_revoked_certificate(
    authority: DemoAuthority, head: DemoKey, verified: Verify, at: datetime, mode: RevocationMode
) -> None:
    above = revocation_list(authority.root, at)
    listed = revocation_list(authority.issuing, at, head.certificate)
    refused("revoked", verified, mode, Given(crls=(listed, above)))
    answer = ocsp_answer(authority.issuing, head.certificate, at, good=False)
    refused("revoked", verified, mode, Given(ocsp=(answer,), crls=(above,)))


def test_a_good_answer_of_the_service(
    authority: DemoAuthority, head: DemoKey, verified: Verify, at: datetime
) -> None:
    answer = ocsp_answer(authority.issuing, head.certificate, at, good=True)
    above = revocation_list(authority.root, at)
    evidence = verified(RevocationMode.REQUIRED, Given(ocsp=(answer,), crls=(above,)))
    assert evidence.revocation == "not revoked"


def test_old_answers_and_those_of_others_do_not_count(
    authority: DemoAuthority, head: DemoKey, verified: Verify, at: datetime, tmp_path: Path
) -> None:
    above = revocation_list(authority.root, at)
    old = ocsp_answer(authority.issuing, head.certificate, at - 3 * HOUR, good=True)
    refused("revocation", verified, RevocationMode.REQUIRED, Given(ocsp=(old,), crls=(above,)))
    foreign = DemoAuthority.create(tmp_path / "foreign")
    forged = ocsp_answer(foreign.issuing, head.certificate, at, good=True)
    refused("revocation", verified, RevocationMode.REQUIRED, Given(ocsp=(forged,), crls=(above,)))
    list_of_others = revocation_list(foreign.issuing, at, head.certificate)
    refused("revocation", verified, RevocationMode.REQUIRED, Given(crls=(list_of_others, above)))


def test_one_bad_answer_does_not_hide_another(
    authority: DemoAuthority, head: DemoKey, verified: Verify, at: datetime
) -> None:
    own = revocation_list(authority.issuing, at, head.certificate)
    old = ocsp_answer(authority.issuing, head.certificate, at - 3 * HOUR, good=True)
    refused("revoked", verified, RevocationMode.SOFT, Given(ocsp=(old,), crls=(own,)))
    spoilt = Given(ocsp=(b"x", b"", own), crls=(b"y", old, own))
    refused("revoked", verified, RevocationMode.SOFT, spoilt)


def test_a_revoked_issuing_authority(
    authority: DemoAuthority, verified: Verify, at: datetime
) -> None:
    above = revocation_list(authority.root, at, authority.issuing.certificate)
    refused("revoked", verified, RevocationMode.SOFT, Given(crls=(above,)))


def test_answers_are_kept_for_later(
    authority: DemoAuthority, cms: bytes, trust: TrustStore, verified: Verify, at: datetime
) -> None:
    lists = (revocation_list(authority.issuing, at), revocation_list(authority.root, at))
    evidence = verified(RevocationMode.REQUIRED, Given(crls=lists))
    stored = json.loads(json.dumps(evidence.as_json()))
    assert reverify(stored, cms, b"x", trust) == evidence
    with pytest.raises(SignatureRefused) as caught:
        reverify({**stored, "crls": []}, cms, b"x", trust)
    assert caught.value.check == "revocation"


class Service(BaseHTTPRequestHandler):
    """An OCSP service at /ocsp, the root's list at /root.crl, nothing else."""

    answers: ClassVar[dict[str, bytes]] = {}
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        question = ocsp.load_der_ocsp_request(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(self.answers.get(f"/ocsp/{question.serial_number:x}"))

    def do_GET(self) -> None:
        self._answer(self.answers.get(self.path))

    def _answer(self, body: bytes | None) -> None:
        self.asked.append(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the test's output."""


@pytest.fixture(name="address")
def _address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        Service.answers.clear()
        Service.asked.clear()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_answers_over_http(
    address: str, authority: DemoAuthority, head: DemoKey, verified: Verify, at: datetime
) -> None:
    serial = head.certificate.serial_number
    Service.answers[f"/ocsp/{serial:x}"] = ocsp_answer(
        authority.issuing, head.certificate, at, good=True
    )
    Service.answers["/root.crl"] = revocation_list(authority.root, at)
    now = [0.0]
    source = HttpRevocationSource(f"{address}/ocsp", [f"{address}/root.crl"], clock=lambda: now[0])
    assert verified(RevocationMode.REQUIRED, source).revocation == "not revoked"
    assert Service.asked.count("/ocsp") == 2
    verified(RevocationMode.REQUIRED, source)
    assert Service.asked.count("/root.crl") == 1
    now[0] = 3601.0
    verified(RevocationMode.REQUIRED, source)
    assert Service.asked.count("/root.crl") == 2


def test_a_list_that_can_not_be_renewed_is_used_on(
    address: str, authority: DemoAuthority, at: datetime
) -> None:
    now = [0.0]
    known = revocation_list(authority.root, at)
    Service.answers["/root.crl"] = known
    source = HttpRevocationSource(crl_urls=[f"{address}/root.crl"], clock=lambda: now[0])
    assert source.answers(()).crls == (known,)
    Service.answers.clear()
    now[0] = 3601.0
    assert source.answers(()).crls == (known,)


def test_a_service_that_is_down_gives_no_answer(address: str, verified: Verify) -> None:
    source = HttpRevocationSource(f"{address}/ocsp", ["http://127.0.0.1:1/x.crl"])
    assert verified(RevocationMode.SOFT, source).revocation == "unknown"
    refused("revocation", verified, RevocationMode.REQUIRED, source)


def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(ValueError, match="http or https address"):
        HttpRevocationSource("file:///etc/passwd")
    with pytest.raises(ValueError, match="http or https address"):
        HttpRevocationSource(crl_urls=["ftp://x"])
