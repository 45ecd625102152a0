"""Running test files: each verdict, and what the whole run prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conformance.__main__ import main
from tests.conformance.dmn_tck.running import run
from tests.conformance.kit_files import (
    IMPORTING,
    LINE,
    NULL,
    ORDER,
    case,
    number,
    result,
    write_test,
)

GREETING = '<decision name="Greeting"'
ROUND = """<decision name="round" id="round"><variable name="round"/><informationRequirement>
<requiredDecision href="#round"/></informationRequirement></decision>"""


def reasons(path: Path) -> list[str]:
    """Of each case of a file: why it failed, or that it passed."""
    verdicts = run(path)
    return [verdict.failure.reason if verdict.failure else "passed" for verdict in verdicts]


@pytest.mark.parametrize(
    "text",
    [
        case("1", LINE, result("Total", number("6"))),
        case("1", LINE, result("Total", number("6")), result("Nothing", NULL)),
        case("1", result("Third", NULL, 'errorResult="true"')),
        case("1", result("Nothing", NULL)),
        case("1", result("Now", '<value xsi:type="xsd:boolean">true</value>')),
        case(
            "1",
            LINE,
            result("Total", number("6")),
            attributes='type="decisionService" invocableName="One"',
        ),
        case(
            "1",
            LINE,
            result("Total", number("6")),
            result("Greeting", "<value>salem</value>"),
            attributes='type="decisionService" invocableName="Two"',
        ),
        case(
            "1",
            '<inputNode name="x">' + number("2") + "</inputNode>",
            result("Twice", number("4")),
            attributes='type="bkm" invocableName="Twice"',
        ),
    ],
)
def test_a_case_passes(tmp_path: Path, text: str) -> None:
    assert reasons(write_test(tmp_path, text)) == ["passed"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (case("1", LINE, result("Total", number("7"))), "expected a number 7, but found a number"),
        (case("1", LINE, result("Total", NULL)), "expected null, but found a number 6"),
        (case("1", result("Total", number("6"))), "but found null"),
        (case("1", LINE, result("Total", number("6")), result("Total", NULL)), "expected null"),
        (case("1", result("Nothing", NULL, 'errorResult="true"')), "expected a reason for null"),
        (case("1", result("Unknown", NULL)), "Unknown"),
        (case("1"), "Expected a result node"),
        (
            case("1", result("x", NULL), attributes='type="bkm" invocableName="Unknown"'),
            "Unknown",
        ),
    ],
)
def test_a_case_fails_with_its_reason(tmp_path: Path, text: str, said: str) -> None:
    (reason,) = reasons(write_test(tmp_path, text))
    assert said in reason


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (None, "is not there"),
        ("<definitions", ""),
        (ORDER.replace(GREETING, f"{ROUND}{GREETING}"), "round"),
    ],
)
def test_a_model_that_can_not_be_used_fails_all_its_cases(
    tmp_path: Path, model: str | None, said: str
) -> None:
    cases = [case("1", result("Nothing", NULL)), case("2", result("Third", NULL))]
    found = reasons(write_test(tmp_path, *cases, model=model))
    assert len(found) == 2
    for reason in found:
        assert reason != "passed"
        assert said in reason


def test_models_beside_it_can_be_imported(tmp_path: Path) -> None:
    write_test(tmp_path)
    (tmp_path / "broken.dmn").write_text("<definitions")
    path = write_test(
        tmp_path, case("1", result("Four", number("4"))), model=IMPORTING, name="0002-importing"
    )
    assert reasons(path) == ["passed"]


def test_the_score_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    level = tmp_path / "compliance-level-3"
    write_test(
        level / "0001-order",
        case("1", LINE, result("Total", number("6"))),
        case("2", LINE, result("Total", number("7"))),
        case("3", result("Nothing", NULL)),
    )
    java = "0076-feel-external-java"
    write_test(level / java, case("1", result("x", number("1"))), name=java)
    results = tmp_path / "results.csv"
    results.write_text(
        '"compliance-level-3/0001-order","0001-order-test-01","1","SUCCESS",""\n'
        '"compliance-level-3/0001-order","0001-order-test-01","2","SUCCESS",""\n'
        '"compliance-level-3/0001-order","0001-order-test-01","3","IGNORED",""\n'
    )
    assert main(["dmn_tck", str(tmp_path), "-v", "--against", str(results)]) == 0
    printed = capsys.readouterr()
    score = {"passed": 2, "total": 3, "nonnull_passed": 1, "nonnull_total": 2}
    assert printed.out.count("\n") == 1
    assert json.loads(printed.out) == {
        "suite": "dmn_tck",
        **score,
        "left_out": {java: 1},
        "levels": {"compliance-level-3": score},
        "camunda_passed": 2,
        "camunda_passed_we_do_not": 1,
    }
    (failure,) = printed.err.splitlines()
    assert failure.startswith("0001-order-test-01 2 Total: expected a number 7")
    assert failure.endswith("[Camunda passes]")


def test_an_unreadable_test_file_is_a_failed_case(tmp_path: Path) -> None:
    path = write_test(tmp_path)
    path.write_text("<testCases")
    (reason,) = reasons(path)
    assert "well-formed XML" in reason


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{}/missing"], "is not there"),
        (["{}"], "there is none"),
        (["{}/kit", "--against", "{}/missing.csv"], "results, but"),
    ],
)
def test_nothing_to_run_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    if "--against" in arguments:
        write_test(tmp_path / "kit")
    assert main(["dmn_tck", *(argument.format(tmp_path) for argument in arguments)]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
