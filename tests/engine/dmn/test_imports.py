"""Models that import others: under a name, under none, and what those import in turn."""

from __future__ import annotations

import pytest

from engine.dmn import DmnRefused
from tests.support.drg import compiled, decision, given, knowledge, service

TYPE = (
    '<itemDefinition name="tPerson"><itemComponent name="age"><typeRef>number</typeRef>'
    "</itemComponent></itemDefinition>"
)


def imported(namespace: str, name: str) -> str:
    return (
        f'<import name="{name}" namespace="{namespace}" '
        'importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    )


def test_types_functions_and_decisions_have_the_name_of_the_import_in_front() -> None:
    library = TYPE + knowledge("years to", "p: tPerson, n", "n - p.age") + decision("limit", "100")
    decisions = compiled(
        imported("urn:lib", "my lib")
        + given("p", "my lib.tPerson")
        + decision(
            "d",
            "my lib.years to(p, my lib.limit) + (if p instance of my lib.tPerson then 0 else 1)",
            inputs=["p"],
            decisions=["urn:lib#limit"],
            functions=["urn:lib#years to"],
        ),
        ("urn:lib", library),
    )
    assert decisions.evaluate("d", {"p": {"age": 30}}).value == 70
    assert decisions.evaluate("d", {"p": {"name": "A"}}).value is None


def test_an_import_without_a_name_puts_all_among_ones_own() -> None:
    decisions = compiled(
        imported("urn:lib", "")
        + given("p", "tPerson")
        + decision("d", "older(p) + p.age", inputs=["p"], functions=["#older"]),
        ("urn:lib", TYPE + knowledge("older", "p: tPerson", "p.age + 1")),
    )
    assert decisions.evaluate("d", {"p": {"age": 3}}).value == 7


NAME = given("Name", "string")
GREETING = decision("Greeting", '"Hello, " + Name', inputs=["Name"])


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (
            {"B": {"A": {"Name": "one"}}, "B2": {"A": {"Name": "two"}}},
            "Hello, one! Hello, two?",
        ),
        ({"B.A.Name": "one", "B2.A.Name": "two"}, "Hello, one! Hello, two?"),
        ({"B": {"A.Name": "one"}, "B2": {"A": {"Name": "two"}}}, "Hello, one! Hello, two?"),
        ({"Name": "both"}, "Hello, both! Hello, both?"),
    ],
)
def test_one_model_imported_twice_has_inputs_of_its_own_each_time(
    inputs: dict[str, object], expected: str
) -> None:
    def middle(sign: str) -> str:
        return imported("urn:a", "A") + decision(
            "Evaluating", f'A.Greeting + "{sign}"', decisions=["urn:a#Greeting"]
        )

    decisions = compiled(
        imported("urn:b", "B")
        + imported("urn:b2", "B2")
        + decision(
            "d",
            'B.Evaluating + " " + B2.Evaluating',
            decisions=["urn:b#Evaluating", "urn:b2#Evaluating"],
        ),
        ("urn:b", middle("!")),
        ("urn:b2", middle("?")),
        ("urn:a", NAME + GREETING),
    )
    assert decisions.evaluate("d", inputs).value == expected


def test_imported_input_data() -> None:
    decisions = compiled(
        imported("urn:a", "A") + decision("d", "A.Name", inputs=["urn:a#Name"]),
        ("urn:a", NAME),
    )
    assert decisions.evaluate("d", {"A": {"Name": "x"}}).value == "x"
    assert decisions.evaluate("d", {"Name": "x"}).value == "x"


def test_a_service_of_an_imported_model() -> None:
    decisions = compiled(
        imported("urn:a", "A") + decision("d", 'A.greet("you")', functions=["urn:a#greet"]),
        ("urn:a", NAME + GREETING + service("greet", outputs=["Greeting"], inputs=["Name"])),
    )
    assert decisions.evaluate("d", {"Name": "not me"}).value == "Hello, you"


def test_an_imported_model_is_found_by_its_file() -> None:
    body = '<import name="A" namespace="urn:other" locationURI="urn:a.dmn"/>'
    decisions = compiled(body + decision("d", "A.Name", inputs=["urn:a.dmn#Name"]), ("urn:a", NAME))
    assert decisions.evaluate("d", {"Name": "x"}).value == "x"


def test_other_kinds_of_imports_are_left_alone() -> None:
    schema = '<import name="x" namespace="urn:x" importType="http://www.w3.org/2001/XMLSchema"/>'
    assert compiled(schema + decision("d", "1")).evaluate("d", {}).value == 1


def test_what_is_not_imported_is_refused() -> None:
    with pytest.raises(DmnRefused, match="urn:a"):
        compiled(decision("d", "1", inputs=["urn:a#Name"]), ("urn:a", NAME))


def test_an_import_that_is_not_there_is_refused() -> None:
    with pytest.raises(DmnRefused, match="urn:a"):
        compiled(imported("urn:a", "A"))


def test_an_import_and_an_input_of_one_name_are_refused() -> None:
    body = imported("urn:a", "A") + given("A")
    with pytest.raises(DmnRefused, match="A is there twice"):
        compiled(body + decision("d", "A", inputs=["A", "urn:a#Name"]), ("urn:a", NAME))


def test_two_models_of_one_namespace_are_refused() -> None:
    with pytest.raises(DmnRefused, match="namespace of its own"):
        compiled("", ("urn:test", ""))


def test_models_that_import_each_other() -> None:
    decisions = compiled(
        imported("urn:a", "A")
        + decision("d", "A.e + 1", decisions=["urn:a#e"])
        + decision("one", "1"),
        ("urn:a", imported("urn:test", "T") + decision("e", "T.one", decisions=["urn:test#one"])),
    )
    assert decisions.evaluate("d", {}).value == 2


def test_a_decision_can_be_told_by_its_namespace() -> None:
    decisions = compiled(imported("urn:a", "A") + decision("d", "1"), ("urn:a", decision("d", "2")))
    assert decisions.evaluate("d", {}).value == 1
    assert decisions.evaluate("urn:a#d", {}).value == 2
