"""Signatures with GOST algorithms: what NCANode says counts, and nothing that it does not say."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from asn1crypto import algos
from asn1crypto import cms as asn1

from engine.exchange import Limits
from engine.signatures import Evidence, Expectation, RevocationMode, SignatureRefused, TrustStore
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.ncanode import (
    NcaNode,
    Statement,
    examine_by_statement,
)
from engine.signatures.parsing import parse
from engine.signatures.proof import Outcome, prove
from engine.signatures.signing import sign_detached
from tests.support.cms import CONTENT, Verify, refused, signed

GOST_DIGEST, GOST_SIGNATURE = "1.2.398.3.10.1.3.3", "1.2.398.3.10.1.1.2.3.2"
NOT_REVOKED = [{"revoked": False, "by": "OCSP"}]


def gost(key: DemoKey, **options: Any) -> bytes:
    """A CMS that says it is GOST: nobody here can tell that its value is none."""
    info = asn1.ContentInfo.load(signed(key, **options))
    signer = info["content"]["signer_infos"][0]
    signer["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": GOST_DIGEST})
    signer["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": GOST_SIGNATURE})
    return info.dump(force=True)


class Node(BaseHTTPRequestHandler):
    """NCANode at POST /cms/verify, with the answer that the test gives it."""

    answer: ClassVar[Any] = None
    status: ClassVar[int] = 200
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        assert self.path == "/cms/verify"
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the test's output."""


@pytest.fixture(name="node")
def _node() -> Iterator[NcaNode]:
    with HTTPServer(("127.0.0.1", 0), Node) as server:
        Node.status, Node.answer = 200, None
        Node.asked.clear()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield NcaNode(f"http://127.0.0.1:{server.server_port}/", Limits(read=20, whole=20))
        server.shutdown()
        thread.join()


def said(iin: str, **changes: Any) -> dict[str, Any]:
    """What NCANode says of a signature that holds."""
    certificate = {
        "valid": True,
        "revocations": NOT_REVOKED,
        "subject": {"iin": iin},
        **changes.pop("certificate", {}),
    }
    return {"status": 200, "valid": True, "signers": [{"certificates": [certificate]}], **changes}


@pytest.fixture(name="verified")
def _verified(node: NcaNode, trust: TrustStore, people: SimpleNamespace, at: datetime) -> Verify:
    def verified(
        cms: bytes,
        content: bytes = CONTENT,
        mode: RevocationMode = RevocationMode.REQUIRED,
        **changes: Any,
    ) -> Evidence:
        expect = Expectation(
            changes.get("iin", people.iin), changes.get("bins", frozenset({people.bin}))
        )
        statement = node.ask(cms, content, mode)
        examined = examine_by_statement(
            parse(cms), content, trust, changes.get("at", at), mode, statement
        )
        return examined.accept(expect)

    return verified


def test_a_signature_that_ncanode_holds_for_good(
    head: DemoKey, verified: Verify, people: SimpleNamespace, trust: TrustStore
) -> None:
    Node.answer = said(people.iin)
    cms = gost(head)
    evidence = verified(cms)
    assert (evidence.verifier, evidence.revocation) == ("NCANode", "not revoked")
    assert evidence.signature_algorithm == GOST_SIGNATURE
    assert (evidence.signer.iin, evidence.signer.bin) == (people.iin, people.bin)
    assert len(evidence.chain) == 3
    (asked,) = Node.asked
    assert base64.b64decode(asked["cms"]) == cms
    assert base64.b64decode(asked["data"]) == CONTENT
    assert asked["revocationCheck"] == ["OCSP"]
    kept = json.loads(json.dumps(evidence.as_json()))
    proof = prove(kept, cms, CONTENT, trust)
    assert proof.holds
    assert proof.evidence == evidence
    assert dict(proof.checks)["revocation"] is Outcome.HOLDS
    assert len(Node.asked) == 1


def test_what_was_kept_of_it_can_not_be_exchanged(
    head: DemoKey, verified: Verify, people: SimpleNamespace, trust: TrustStore
) -> None:
    Node.answer = said(people.iin)
    cms = gost(head)
    kept = verified(cms).as_json()
    for changes, content in (
        ({}, b"another"),
        ({"statement": None}, CONTENT),
        ({"verifier": "someone"}, CONTENT),
        ({"signer": {**kept["signer"], "common_name": "B"}}, CONTENT),
    ):
        assert not prove({**kept, **changes}, cms, content, trust).holds


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"valid": False}, "signature"),
        ({"valid": False, "certificate": {"valid": False}}, "chain"),
        (
            {"valid": False, "certificate": {"valid": False, "revocations": [{"revoked": True}]}},
            "revoked",
        ),
        ({"certificate": {"revocations": [{"revoked": True}]}}, "revoked"),
        ({"certificate": {"revocations": []}}, "revocation"),
        ({"certificate": {"subject": {"iin": "900101300037"}}}, "verifier"),
        ({"signers": []}, "verifier"),
        ({"signers": "x"}, "verifier"),
    ],
)
def test_what_ncanode_says_against_it(
    head: DemoKey, verified: Verify, people: SimpleNamespace, changes: dict[str, Any], check: str
) -> None:
    Node.answer = said(people.iin, **changes)
    refused(check, verified, gost(head))


def test_soft_and_off_need_no_answer_about_revocation(
    head: DemoKey, verified: Verify, people: SimpleNamespace
) -> None:
    Node.answer = said(people.iin, certificate={"revocations": None})
    assert verified(gost(head), mode=RevocationMode.SOFT).revocation == "unknown"
    assert verified(gost(head), mode=RevocationMode.OFF).revocation == "not checked"
    assert Node.asked[-1]["revocationCheck"] == []


@pytest.mark.parametrize(
    ("status", "message", "check"),
    [
        (400, "message-digest attribute value does not match", "message_digest"),
        (400, "malformed", "signature"),
        (500, "", "verifier"),
    ],
)
def test_an_answer_that_is_an_error(
    head: DemoKey, verified: Verify, status: int, message: str, check: str
) -> None:
    Node.status, Node.answer = status, {"message": message}
    refused(check, verified, gost(head))


def test_a_node_that_is_down_or_talks_nonsense(
    head: DemoKey, verified: Verify, people: SimpleNamespace, trust: TrustStore, at: datetime
) -> None:
    Node.answer = b"<html>"
    refused("verifier", verified, gost(head))
    silent = NcaNode("http://127.0.0.1:1")
    statement = silent.ask(gost(head), CONTENT, RevocationMode.OFF)
    assert (statement.status, statement.answer) == (0, {})
    with pytest.raises(SignatureRefused) as caught:
        examine_by_statement(parse(gost(head)), CONTENT, trust, at, RevocationMode.OFF, statement)
    assert caught.value.check == "verifier"


def test_an_answer_about_another_signature_does_not_count(
    head: DemoKey, people: SimpleNamespace, trust: TrustStore, at: datetime
) -> None:
    other = Statement("0" * 64, "0" * 64, 200, said(people.iin))
    with pytest.raises(SignatureRefused) as caught:
        examine_by_statement(parse(gost(head)), CONTENT, trust, at, RevocationMode.OFF, other)
    assert caught.value.check == "verifier"


def test_what_can_be_read_here_is_checked_here(
    authority: DemoAuthority,
    head: DemoKey,
    verified: Verify,
    people: SimpleNamespace,
    at: datetime,
) -> None:
    Node.answer = said(people.iin)
    refused("signer", verified, gost(head), iin=people.other_iin)
    refused("organisation", verified, gost(head), bins=frozenset({people.other_bin}))
    refused("validity", verified, gost(head), at=at + timedelta(days=365 * 50))
    refused("signing_time", verified, gost(head, signing_time=at - timedelta(days=3)))
    login = authority.issue("A", people.iin, people.bin, extended_key_usages=["1.3.6.1.5.5.7.3.2"])
    refused("extended_key_usage", verified, gost(login))
    refused("parse", verified, b"nothing")


def test_a_certificate_whose_key_nobody_here_can_read(
    head: DemoKey, verified: Verify, people: SimpleNamespace
) -> None:
    Node.answer = said(people.iin)
    rsa_key = bytes.fromhex("06092a864886f70d010101")
    gost_key = bytes.fromhex("06092a830e030a01010202")
    cms = gost(head)
    assert cms.count(rsa_key) == 2
    assert verified(cms.replace(rsa_key, gost_key)).signer.iin == people.iin


def test_only_gost_goes_to_ncanode(head: DemoKey) -> None:
    rsa = sign_detached(head.private_key, head.certificate, CONTENT, head.issuing)
    assert [parse(cms).is_gost for cms in (gost(head), rsa)] == [True, False]


def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(ValueError, match="http or https address"):
        NcaNode("file:///etc/passwd")
