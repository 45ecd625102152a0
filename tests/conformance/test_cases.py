"""How test files are found and read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.conformance.dmn_tck.cases import (
    ExpectedResult,
    KitMissing,
    UnreadableFile,
    find_test_files,
    read_test_file,
)
from tests.conformance.kit_files import LINE, NULL, case, number, result, write_test


def test_test_files_are_found_in_every_folder(tmp_path: Path) -> None:
    second = write_test(tmp_path / "compliance-level-3" / "0002-b", name="0002-b")
    first = write_test(tmp_path / "compliance-level-2" / "0001-a", name="0001-a")
    (first.parent / "notes.xml").write_text("<notes/>")
    assert find_test_files(tmp_path) == [first, second]
    assert find_test_files(first.parent) == [first]


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(KitMissing, match="kit is not there"):
        find_test_files(tmp_path / "kit")
    with pytest.raises(KitMissing, match="but there is none"):
        find_test_files(tmp_path)


@pytest.mark.parametrize("version", ["20160719", "20180521", "20230324"])
def test_cases_of_any_version(tmp_path: Path, version: str) -> None:
    path = write_test(
        tmp_path / "compliance-level-2" / "0001-order",
        case("001", LINE, result("Total", number("6"), 'type="decision"')),
        case(
            "002",
            result("Third", NULL, 'errorResult="true"'),
            result("Total", "<value>6</value>", 'cast="xsd:decimal"'),
            attributes='type="decisionService" invocableName="Two"',
        ),
        namespace=f"https://www.omg.org/spec/DMN/{version}/testcase",
    )
    file = read_test_file(path)
    one, two = file.cases
    assert file.model == path.parent / "0001-order.dmn"
    assert file.level == "compliance-level-2"
    assert (one.id, one.kind, one.called) == ("001", "decision", None)
    assert one.inputs == {"Line": {"price": Decimal("1.5"), "count": Decimal(4)}}
    assert one.expected == (ExpectedResult("Total", Decimal(6)),)
    assert (two.kind, two.called) == ("decisionService", "Two")
    assert two.expected == (
        ExpectedResult("Third", None, is_error=True),
        ExpectedResult("Total", Decimal(6)),
    )


def test_a_case_with_one_value_that_is_not_null_counts_as_such(tmp_path: Path) -> None:
    path = write_test(
        tmp_path,
        case("001", result("Nothing", NULL)),
        case("002", result("Nothing", NULL), result("Total", "<list/>")),
    )
    assert [each.is_nonnull for each in read_test_file(path).cases] == [False, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (case("001", result("Total", '<value xsi:type="xsd:date">today</value>')), "xsd:date"),
        (case("001"), "Expected a result node"),
        (case("001", '<resultNode name="Total"/>'), "Expected the element expected"),
        (case("001", result("Total", NULL), attributes='type="process"'), "found process"),
    ],
)
def test_a_case_that_can_not_be_read_says_why(tmp_path: Path, text: str, said: str) -> None:
    good = case("002", result("Total", NULL))
    unreadable, readable = read_test_file(write_test(tmp_path, text, good)).cases
    assert unreadable.unreadable is not None
    assert said in unreadable.unreadable
    assert readable.unreadable is None


@pytest.mark.parametrize(
    ("text", "said"), [("<testCases", "well-formed XML"), ("<other/>", "found other")]
)
def test_a_file_that_can_not_be_read_says_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "0001-order-test-01.xml"
    path.write_text(text)
    with pytest.raises(UnreadableFile, match=said):
        read_test_file(path)


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "0001-order-test-01.xml"
    path.write_text(
        f'<!DOCTYPE t [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        "<testCases><modelName>&e;</modelName></testCases>"
    )
    assert read_test_file(path).model is None
