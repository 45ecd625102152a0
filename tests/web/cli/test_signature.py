"""`qadam verify-signature`: stored signatures are proved again, files are verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.processes.fk_b03 import TO_SENT, Office
from tests.support.signing import as_text
from web.cli import main

Qadam = Callable[..., Result]


@dataclass(frozen=True)
class Signed:
    """An application that was signed, as files and in the database."""

    data: Path
    document: str
    signature: str
    cms: Path
    content: Path


@pytest.fixture(name="signed", scope="module")
def _signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signed]:
    folder = tmp_path_factory.mktemp("signed")
    office = Office(folder / "data")
    instance = office.start()
    office.walk(instance, *TO_SENT)
    person = office.person("employer-1")
    (document,) = (
        each
        for each in office.queries.instance(person.actor, instance).documents
        if each.signatures and each.names["en"] == "Application"
    )
    (signature,) = document.signatures
    cms, content = folder / "application.p7s", folder / "application.pdf"
    cms.write_bytes(office.queries.signature(person.actor, signature.id).cms)
    content.write_bytes(office.engine.document_content(document.id))
    office.close()
    yield Signed(folder / "data", document.id, signature.id, cms, content)


@pytest.fixture(name="qadam")
def _qadam(signed: Signed, monkeypatch: pytest.MonkeyPatch) -> Qadam:
    monkeypatch.setenv("QADAM_DATA", str(signed.data))
    monkeypatch.setenv("EDS_MODE", "demo")
    return lambda *arguments: CliRunner().invoke(main, ["verify-signature", *map(str, arguments)])


def test_a_stored_signature_is_proved_check_by_check(signed: Signed, qadam: Qadam) -> None:
    by_signature = qadam(signed.signature)
    assert by_signature.exit_code == 0, by_signature.output
    for text in (
        f"signature {signed.signature} over application 2026-000001.pdf",
        f"(document {signed.document})",
        "taken from employer-1 at 2026-03-02",
        "IIN 850312390018, BIN 150140000012",
        "sha256 of the document",
        "verified by built-in (rsa-sha256); revocation: not checked (off)",
        "chain               ok",
        "role                ok",
        "revocation          not made",
        "holds for 2026-03-02",
    ):
        assert text in by_signature.output
    assert qadam(signed.document).output == by_signature.output


def test_files_from_elsewhere(signed: Signed, qadam: Qadam, tmp_path: Path) -> None:
    whole = qadam("--cms", signed.cms, "--content", signed.content)
    assert whole.exit_code == 0, whole.output
    text = tmp_path / "application.txt"
    text.write_text(as_text(signed.cms.read_bytes()))
    assert qadam("--cms", text, "--content", signed.content).exit_code == 0
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF another")
    wrong = qadam("--cms", signed.cms, "--content", other, "--language", "ru")
    assert wrong.exit_code == 1
    assert "message_digest      FAILED" in wrong.output
    assert "chain               not reached" in wrong.output
    assert "Подписан другой документ" in wrong.output
    garbage = qadam("--cms", other, "--content", other)
    assert garbage.exit_code == 1
    assert "parse               FAILED" in garbage.output


def test_a_root_that_is_no_longer_trusted(
    signed: Signed, qadam: Qadam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QADAM_TRUST", str(tmp_path))
    told = qadam(signed.signature)
    assert told.exit_code == 1
    assert "chain               FAILED" in told.output


def test_in_production_the_demo_root_stops_it(
    signed: Signed, qadam: Qadam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDS_MODE", "production")
    told = qadam(signed.signature)
    assert told.exit_code == 1
    assert "Expected no demo certificate" in told.output


@pytest.mark.parametrize("arguments", [(), ("x", "--cms"), ("--cms",), ("--content",)])
def test_an_id_or_two_files_are_needed(
    signed: Signed, qadam: Qadam, arguments: tuple[str, ...]
) -> None:
    given = [*arguments, str(signed.cms)] if arguments else []
    told = qadam(*given)
    assert told.exit_code == 2
    assert "Give an id, or --cms and --content." in told.output


def test_an_unknown_id(qadam: Qadam) -> None:
    told = qadam("nothing")
    assert told.exit_code == 1
    assert "there is no signature nothing" in told.output


def test_a_document_that_was_changed_in_the_database(signed: Signed, qadam: Qadam) -> None:
    with closing(sqlite3.connect(signed.data / "qadam.sqlite")) as connection, connection:
        connection.execute(
            "UPDATE document SET content = X'25504446' WHERE id = ?", (signed.document,)
        )
    told = qadam(signed.document)
    assert told.exit_code == 1
    assert "evidence            FAILED" in told.output
    assert "parse               not reached" in told.output
