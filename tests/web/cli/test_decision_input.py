"""The inputs that `qadam decide` is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.cli.conftest import Qadam

WRONG = '{"sise": 1, "day": 5, "colour": "red"}'
LOAN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:loan">
  <itemDefinition name="tLoan"><itemComponent name="rate"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="Marital Status"><typeRef>string</typeRef>
      <allowedValues><text>"M", "S"</text></allowedValues></itemComponent></itemDefinition>
  <inputData id="i" name="Loan"><variable name="Loan" typeRef="tLoan"/></inputData>
  <decision id="d" name="D"><variable name="D"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>Loan.rate</text></literalExpression></decision>
</definitions>"""


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Expected the input size (number), but found sise: did you mean size?",
                "Expected date for the input day, but found 5",
                "Expected only inputs that the decision has, but found colour; it has size, day",
                "qadam: nothing was decided: 3 problem(s) with the input",
            ],
        ),
        (
            "ru",
            [
                "Ожидался вход size (number), а найден sise: возможно, имелся в виду size?",
                "Ожидалось значение типа date для входа day, но найдено 5",
                "Ожидались только входы этого решения, но найден colour; у него есть size, day",
                "qadam: решение не принято: проблем с входными данными: 3",
            ],
        ),
        (
            "kk",
            [
                "size кірісі күтілді (number), бірақ sise табылды: size дегіңіз келді ме?",
                "day кірісі үшін date типіндегі мән күтілді, бірақ 5 табылды",
                "Тек осы шешімнің кірістері күтілді, бірақ colour табылды; онда size, day бар",
                "qadam: шешім қабылданған жоқ: кіріс деректеріндегі қателер: 3",
            ],
        ),
    ],
)
def test_inputs_that_are_not_right_are_all_named(
    qadam: Qadam, file: Path, language: str, sentences: list[str]
) -> None:
    refused = qadam("decide", file, "share", "--input", WRONG, "--language", language)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.splitlines() == sentences


def test_an_input_that_is_missing_is_named(qadam: Qadam, file: Path) -> None:
    refused = qadam("decide", file, "share", "--set", "size=1")
    assert refused.stderr.startswith("Expected the input day (date), but it is not given; null ")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('{"size": 1,\n "day": }', "Expecting value, line 2, character 9: ' \"day\": }'"),
        ('{"size": NaN}', "NaN is not a JSON value, line 1, character 10: "),
        ("[" * 100_000, "values are too deeply nested"),
        ("[1]", "the input must be one JSON object of values by name"),
        ("@nothing.json", "nothing.json can't be read: No such file or directory"),
    ],
)
def test_input_that_is_no_json_is_shown(qadam: Qadam, file: Path, given: str, told: str) -> None:
    refused = qadam("decide", file, "share", "--input", given)
    assert refused.exit_code == 1
    assert told in refused.stderr


def test_input_comes_from_a_file_or_is_read(qadam: Qadam, file: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.json"
    given.write_text('\ufeff{"size": 45, "day": null}', encoding="utf-8")
    of_file = qadam("decide", file, "share", "--input", f"@{given}")
    typed = qadam("decide", file, "share", "--input", "-", typed='{"size": 45, "day": null}')
    assert of_file.output == typed.output
    assert typed.output.endswith("Result: 0.1\n")
    over = qadam("decide", file, "share", "--input", f"@{given}", "--set", "size=50")
    assert over.output.endswith("Result: null\n")


def test_a_pair_has_a_name(qadam: Qadam, file: Path) -> None:
    refused = qadam("decide", file, "share", "--set", "size")
    assert refused.stderr == "qadam: --set takes NAME=VALUE, but found 'size'\n"


@pytest.mark.parametrize(
    ("loan", "sentence"),
    [
        (
            '{"rate": 0.05, "Marital Status": "X"}',
            'Expected string ("M", "S") for the input Loan.Marital Status, but found "X"',
        ),
        ('{"rate": "a", "Marital Status": "M"}', 'number for the input Loan.rate, but found "a"'),
        ('{"Marital Status": "M"}', "Expected number for the input Loan.rate, but found null"),
        ("0.05", "for the input Loan, but found 0.05"),
    ],
)
def test_the_part_of_an_input_that_does_not_fit_is_named(
    qadam: Qadam, tmp_path: Path, loan: str, sentence: str
) -> None:
    path = tmp_path / "loan.dmn"
    path.write_bytes(LOAN)
    decided = qadam("decide", path, "d", "--input", f'{{"Loan": {loan}}}')
    assert decided.exit_code == 1
    assert sentence in decided.stderr


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1e99999999999999999999", "9" * 400])
def test_a_number_that_is_too_large_is_refused(qadam: Qadam, file: Path, number: str) -> None:
    for given in (("--set", f"size={number}"), ("--input", f'{{"size": {number}, "day": null}}')):
        refused = qadam("decide", file, "share", *given)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("qadam: Expected numbers of up to 1.8e308, but found ")
