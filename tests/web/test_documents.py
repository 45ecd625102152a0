"""Documents in the page and on disk."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from engine.errors import NotAllowed
from tests.support.small_world import PAPER

CALLED = "Application APP-2026-00042.pdf"


def test_a_pdf_is_shown_in_the_browser(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("employer-1").get("/documents/doc-1")
    assert answer.data == b"%PDF-1.4 a paper"
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_it_can_be_downloaded_under_its_name(sign_in: Callable[..., Any]) -> None:
    header = sign_in("employer-1").get("/documents/doc-1?download=1").headers["Content-Disposition"]
    assert header.startswith("attachment")
    assert f'filename="{CALLED}"' in header


def test_its_file_is_called_in_the_readers_language(sign_in: Callable[..., Any]) -> None:
    header = sign_in("employer-1", "ru").get("/documents/doc-1?download=1").headers
    assert quote("Заявка APP-2026-00042.pdf") in header["Content-Disposition"]
    page = sign_in("employer-1", "ru").get("/cabinet/applications/case-1").text
    assert "Заявка APP-2026-00042.pdf" in page
    assert "application.pdf" not in page


def test_what_a_person_attached_keeps_its_name(sign_in: Callable[..., Any], engine: Any) -> None:
    reference = SimpleNamespace(**(vars(PAPER) | {"name": "скан 1.pdf", "attached": True}))
    engine.queries.document = lambda *_: SimpleNamespace(ref=reference, content=b"%PDF")
    header = sign_in("employer-1").get("/documents/x?download=1").headers["Content-Disposition"]
    assert quote("скан 1.pdf") in header


def test_it_comes_with_its_signatures_as_one_file(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("employer-1").get("/documents/doc-1/signed")
    packed = zipfile.ZipFile(BytesIO(answer.data))
    assert {name: packed.read(name) for name in packed.namelist()} == {
        CALLED: b"%PDF-1.4 a paper",
        f"{CALLED}.1.p7s": b"0\x80 signed",
    }
    assert f"{CALLED}.zip" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    again = sign_in("employer-1").get("/documents/doc-1/signed")
    assert again.data == answer.data


def test_what_could_carry_a_program_is_never_shown(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    reference = SimpleNamespace(
        name="өтінім.html", media_type="text/html", names={}, attached=False, business_key=None
    )
    engine.queries.document = lambda *_: SimpleNamespace(ref=reference, content=b"<script>")
    header = sign_in("employer-1").get("/documents/x").headers["Content-Disposition"]
    assert header.startswith("attachment")


def test_a_signature_is_given_as_a_file_beside_its_document(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("employer-1").get("/documents/signatures/sig-1")
    assert answer.data == b"0\x80 signed"
    assert answer.mimetype == "application/pkcs7-signature"
    assert f"{CALLED}.p7s" in answer.headers["Content-Disposition"]


def test_an_unknown_document_is_not_found(sign_in: Callable[..., Any]) -> None:
    assert sign_in("employer-1").get("/documents/none").status_code == 404


def test_the_evidence_is_given_as_a_file_beside_the_signature(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("employer-1").get("/documents/signatures/sig-1/evidence")
    assert answer.mimetype == "application/json"
    assert f"{CALLED}.evidence.json" in answer.headers["Content-Disposition"]
    told = answer.get_json()
    assert told["document"]["sha256"] == "ab" * 32
    assert told["evidence"] == {"checks": ["parse"]}


def test_who_may_not_learn_the_signer_is_refused(sign_in: Callable[..., Any], engine: Any) -> None:
    def refuse(*_: object) -> None:
        raise NotAllowed("Expected to open signature sig-1, but no")

    engine.queries.signature = refuse
    for address in ("/documents/signatures/sig-1", "/documents/signatures/sig-1/evidence"):
        assert sign_in("employer-1").get(address).status_code == 403


def test_a_document_without_a_name_is_listed_by_its_file(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any
) -> None:
    (paper,) = engine.queries.instances["case-1"].documents
    nameless = SimpleNamespace(**(vars(paper) | {"names": {}, "step_names": {}}))
    engine.queries.instances["case-1"] = new_instance(documents=(nameless,))
    page = sign_in("employer-1").get("/cabinet/applications/case-1").text
    assert 'href="/documents/doc-1">application.pdf</a>' in page
    assert "Step:" not in page


def test_what_was_made_anew_is_listed_once_with_what_was_before_it_folded(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any
) -> None:
    unsigned = vars(PAPER) | {"signatures": ()}
    first, second = (SimpleNamespace(**(unsigned | {"id": name})) for name in ("doc-a", "doc-b"))
    engine.queries.instances["case-1"] = new_instance(documents=(first, second, PAPER))
    page = sign_in("employer-1").get("/cabinet/applications/case-1").text
    shown, earlier = page.split("Earlier versions")
    assert 'href="/documents/doc-1"' in shown
    assert 'href="/documents/doc-a"' not in shown and 'href="/documents/doc-b"' not in shown
    assert 'href="/documents/doc-a"' in earlier and 'href="/documents/doc-b"' in earlier
    signed = SimpleNamespace(**(vars(PAPER) | {"id": "doc-a"}))
    engine.queries.instances["case-1"] = new_instance(documents=(signed, PAPER))
    page = sign_in("employer-1").get("/cabinet/applications/case-1").text
    assert "Earlier versions" not in page, "what was signed stands"


def test_the_signature_that_can_be_proved_again_is_named(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any
) -> None:
    (made,) = PAPER.signatures
    signer = {"common_name": "ДЕМО", "not_before": None, "not_after": None}
    evidence = {"signer": signer, "verified_at": None, "checks": ["parse"]}
    proved = SimpleNamespace(**(vars(made) | {"evidence": evidence}))
    paper = SimpleNamespace(**(vars(PAPER) | {"signatures": (proved,)}))
    engine.queries.instances["case-1"] = new_instance(documents=(paper,))
    page = sign_in("employer-1").get("/cabinet/applications/case-1").text
    assert (
        '<dt>Identifier of the signature</dt><dd class="q-hash" translate="no">sig-1</dd>' in page
    )
