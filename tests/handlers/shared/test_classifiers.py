"""Editions by day, and importing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, func, select

from handlers.shared.classifier_files import ClassifierRefused
from handlers.shared.classifier_import import Imported, import_classifier, import_shipped
from handlers.shared.classifier_records import ClassifierTables, classifier_entry
from handlers.shared.classifiers import (
    ClassifierMissing,
    DatabaseClassifiers,
    Edition,
    Entry,
    RememberedClassifiers,
)
from handlers.shared.records import metadata

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OLD, NEW = date(2025, 1, 1), date(2026, 3, 1)


def entry(code: str, name: str, parent: str | None = None, level: str | None = None) -> Entry:
    return Entry(code, {"kk": name, "ru": name}, parent, level)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def bring(connection: Any, text: str, valid_from: date = OLD, name: str = "things") -> Imported:
    return import_classifier(
        connection,
        name,
        text.encode(),
        valid_from=valid_from,
        source="a test",
        imported_by="aigul",
        now=NOW,
    )


def classifiers(connection: Connection) -> DatabaseClassifiers:
    @contextmanager
    def begin() -> Iterator[Connection]:
        yield connection

    return DatabaseClassifiers(begin, ClassifierTables())


def test_each_day_has_its_edition(connection: Connection) -> None:
    bring(connection, "code;ru\na;Раньше\n", OLD)
    bring(connection, "code;ru\na;Теперь\n", NEW)
    known = classifiers(connection)
    assert known.on(date(2026, 2, 28)).edition("things").by_code["a"].names == {"ru": "Раньше"}
    assert known.on(NEW).edition("things").by_code["a"].names == {"ru": "Теперь"}
    with pytest.raises(ClassifierMissing):
        known.on(date(2024, 12, 31)).edition("things")
    assert known.on(NEW).find("others") is None


def test_a_later_import_for_the_same_day_corrects_the_earlier(connection: Connection) -> None:
    bring(connection, "code;ru\na;Опечатка\n")
    bring(connection, "code;ru\na;Верно\n")
    assert classifiers(connection).on(NEW).name("things", "a")["ru"] == "Верно"
    assert len(ClassifierTables().rows(connection)) == 2


def test_a_code_that_is_gone_still_has_its_name(connection: Connection) -> None:
    bring(connection, "code;ru\na;Была\nb;Осталась\n", OLD)
    bring(connection, "code;ru\nb;Осталась\n", NEW)
    today = classifiers(connection).on(NEW)
    assert today.edition("things").entry("a") is None
    assert today.name("things", "a") == {"kk": "Была", "ru": "Была", "en": "Была"}
    assert today.name("things", "never")["kk"] == "never"


def test_what_is_imported_is_told_by_what_it_changes(connection: Connection) -> None:
    first = bring(connection, "code;parent;ru\na;;А\nb;a;Б\nc;a;В\n", OLD)
    assert [each.code for each in first.changes.added] == ["a", "b", "c"]
    second = bring(connection, "code;parent;ru\na;;А!\nb;;Б\nd;a;Г\n", NEW)
    changes = second.changes
    assert [each.code for each in changes.added] == ["d"]
    assert [(old.names["ru"], new.names["ru"]) for old, new in changes.renamed] == [("А", "А!")]
    assert [new.code for _old, new in changes.moved] == ["b"]
    assert [each.code for each in changes.gone] == ["c"]


def test_the_same_file_twice_is_one_edition(connection: Connection) -> None:
    assert not bring(connection, "code;ru\na;А\n").already
    again = bring(connection, "code;ru\na;А\n")
    assert again.already
    assert not again.changes
    assert len(ClassifierTables().rows(connection)) == 1


def test_a_bad_file_changes_nothing(connection: Connection) -> None:
    bring(connection, "code;ru\na;А\n", OLD)
    with pytest.raises(ClassifierRefused):
        bring(connection, "code;ru\na;А\nb;\n", NEW)
    assert len(ClassifierTables().rows(connection)) == 1
    assert connection.execute(select(func.count()).select_from(classifier_entry)).scalar() == 1


def test_a_file_without_a_source_is_refused(connection: Connection) -> None:
    with pytest.raises(ClassifierRefused, match="nothing says where the file is from"):
        import_classifier(
            connection, "t", b"code;ru\na;b\n", valid_from=OLD, source="", imported_by="a", now=NOW
        )


def test_who_imported_what_is_kept(connection: Connection) -> None:
    bring(connection, "code;ru\na;А\n")
    (row,) = ClassifierTables().rows(connection)
    assert (row.source, row.imported_by, row.size) == ("a test", "aigul", 1)
    assert datetime.fromisoformat(row.imported_at) == NOW


def test_shipped_editions_are_imported_once(connection: Connection) -> None:
    from handlers.shared import demo

    bring(connection, "code;ru\nKCJBKZKX;Наш банк\n", OLD, "banks")
    for _ in range(2):
        import_shipped(connection, demo.CLASSIFIERS, imported_by="demo", now=NOW)
    names = sorted(row.classifier for row in ClassifierTables().rows(connection))
    assert names == ["banks", "kato", "professions"]
    assert classifiers(connection).on(NEW).name("banks", "KCJBKZKX")["ru"] == "Наш банк"


def test_levels_are_found_at_any_depth() -> None:
    edition = Edition(
        "kato",
        OLD,
        (
            entry("r", "R", None, "region"),
            entry("d", "D", "r", "district"),
            entry("o", "O", "d", "rural_district"),
            entry("v", "V", "o", "settlement"),
            entry("t", "T", "d", "settlement"),
        ),
    )
    today = RememberedClassifiers([edition]).on(NEW).edition("kato")
    assert [each.code for each in today.at("settlement", "d")] == ["v", "t"]
    assert [each.code for each in today.at(None, "d")] == ["o", "t"]
    assert [each.code for each in today.children("d")] == ["o", "t"]
    assert [each.code for each in today.path("v")] == ["r", "d", "o", "v"]
    assert today.path("none") == ()
