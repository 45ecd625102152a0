"""docs/guide.md names tests, addresses, elements and files that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.markdown import ROOT, codes, document
from web.bootstrap import install
from web.configuration import read_configuration

TEXT = document("docs/guide.md")
SECTIONS = ("Before one begins", "1. Details of the enterprise", "2. The check")
LATER = ("3. The application", "Whom to ask")
ROWS = [row for heading in (*SECTIONS, *LATER) for row in TEXT.rows(heading)]
SCREENS = {f"S{number}" for number in range(1, 9)}
PROCESS = ROOT / "bpmn" / "fk_b03"


@pytest.fixture(name="addresses", scope="module")
def _addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[str]]:
    """The rules of the web's addresses."""
    told = {"QADAM_DATA": str(tmp_path_factory.mktemp("guide")), "EDS_MODE": "demo"}
    installation = install(read_configuration(told))
    yield {rule.rule for rule in installation.web().url_map.iter_rules()}
    installation.engine.close()


@pytest.fixture(name="elements", scope="module")
def _elements() -> set[str]:
    """The ids of the diagram."""
    diagram = (ROOT / "bpmn" / "fk_b03.bpmn").read_text(encoding="utf-8")
    return set(re.findall(r'<bpmn:\w+ id="(\w+)"', diagram))


def test_every_screen_has_its_line_and_the_numbers_follow_each_other() -> None:
    numbers = [row[0].partition(",")[0].split(".") for row in ROWS]
    for before, after in zip(numbers, numbers[1:], strict=False):
        section, number = int(before[0]), int(before[1])
        assert [int(part) for part in after] in ([section, number + 1], [section + 1, 1])
    told = {row[0].partition(", ")[2] for row in ROWS}
    assert told >= SCREENS


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_statement_is_shown_by_tests_that_there_are(row: list[str]) -> None:
    named = codes(row[4])
    assert named
    for test in named:
        path, _, name = test.partition("::")
        there = functions(ROOT / "tests" / path)
        assert name in there, f"{test} is not there"


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_statement_works_at_a_place_that_there_is(
    row: list[str], addresses: set[str], elements: set[str]
) -> None:
    assert row[3]
    for place in codes(row[3]):
        if place.startswith("/"):
            assert place in addresses
        elif "." in place:
            assert (PROCESS / place).is_file(), f"{place} is not there"
        else:
            assert place in elements


def functions(path: Path) -> set[str]:
    """The names of the tests of a file."""
    assert path.is_file(), f"{path} is not there"
    return set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
