"""The decision files of a deployment: imports, digests, what decisions read."""

from __future__ import annotations

import pytest

from engine.decisions.files import read_file, read_files
from engine.diagram import DecisionInput
from engine.dmn import DmnRefused
from tests.support.decisions import input_data, literal, model, table


def inputs(file: bytes, decision: str = "d") -> dict[str, str | None]:
    facts = {each.id: each for each in read_file({"d.dmn": file}, "d.dmn").facts}
    return {each.name: each.type for each in facts[decision].inputs}


def test_a_decision_reads_what_it_and_those_below_it_require() -> None:
    file = model(
        input_data("size", "number"),
        input_data("region", "string"),
        input_data("other"),
        table("class", {"size": "number"}, {"class": "string"}, [("-", '"small"')]),
        literal("d", "class + region", needs=["class"], inputs=["region"]),
    )
    assert inputs(file) == {"region": "string", "size": "number"}
    assert inputs(file, "class") == {"size": "number"}


def test_without_input_data_a_decision_reads_what_its_texts_name() -> None:
    file = model(
        table(
            "d",
            {"size": "number"},
            {"places": "number"},
            [("> least", "size + bonus"), ("-", "for i in sizes return i")],
            declared=False,
        ),
        literal("e", "d + [1, 2][item > 1] + some_name", needs=["d"]),
    )
    assert inputs(file).keys() == {"size", "least", "bonus", "sizes"}
    assert inputs(file, "e").keys() == {"some_name", "size", "least", "bonus", "sizes"}


@pytest.mark.parametrize(("declared", "names"), [(True, {"size", "other"}), (False, {"size"})])
def test_what_input_data_or_columns_name_has_to_be_given(declared: bool, names: set[str]) -> None:
    columns = {"size": "number"}
    rules = [("> least", "1")]
    parts = [table("d", columns, {"places": "number"}, rules, declared=declared)]
    if declared:
        parts += [input_data("size", "number"), input_data("other")]
    file = read_file({"d.dmn": model(*parts)}, "d.dmn")
    assert file.input_names == names


def test_what_may_be_a_member_of_an_item_is_read_where_it_is_there() -> None:
    file = model(literal("e", "count(items[price > limit])"), literal("d", "e + 1", needs=["e"]))
    facts = {each.id: each for each in read_file({"d.dmn": file}, "d.dmn").facts}["d"]
    certain = {each.name: each.is_certain for each in facts.inputs}
    assert certain == {"items": True, "price": False, "limit": False}


def test_what_a_table_gives_is_known() -> None:
    two = {"a": None, "b": None}
    file = model(
        table("single", {}, {"a": None}, []),
        table("wide", {}, two, [], hit_policy="FIRST"),
        table("all", {}, {"a": None}, [], hit_policy="COLLECT"),
        table("sum", {}, {"a": None}, [], hit_policy="COLLECT", aggregation="SUM"),
        literal("text", "1"),
    )
    facts = read_file({"d.dmn": file}, "d.dmn").facts
    assert {each.id: (each.outputs, each.several) for each in facts} == {
        "single": (1, False),
        "wide": (2, False),
        "all": (1, True),
        "sum": (1, False),
        "text": (None, False),
    }


def shared(text: str) -> bytes:
    return model(input_data("n"), literal("shared", text, inputs=["n"]), namespace="urn:shared")


def importing() -> bytes:
    node = literal("d", "common.shared + 1")
    requirement = literal("x", "1", needs=["shared"]).find("{*}informationRequirement")
    required = requirement.find("{*}requiredDecision")
    required.set("href", "urn:shared#shared")
    node.insert(1, requirement)
    return model(node, imports={"common": "urn:shared"})


def test_a_file_is_made_of_all_that_it_imports() -> None:
    files, problems = read_files({"a/d.dmn": importing(), "b/shared.dmn": shared("n")})
    assert problems == []
    (facts,) = files["a/d.dmn"].facts
    assert facts.inputs == (DecisionInput("n"),)
    assert files["a/d.dmn"].compile().evaluate("d", {"n": 4}).value == 5
    changed, _ = read_files({"a/d.dmn": importing(), "b/shared.dmn": shared("n * 2")})
    assert changed["a/d.dmn"].digest != files["a/d.dmn"].digest
    beside, _ = read_files(
        {"a/d.dmn": importing(), "b/shared.dmn": shared("n"), "c.dmn": model(literal("c", "1"))}
    )
    assert beside["a/d.dmn"].digest == files["a/d.dmn"].digest


def test_a_file_that_can_not_be_read_any_more_is_refused() -> None:
    with pytest.raises(DmnRefused):
        read_file({"d.dmn": b"<x/>"}, "d.dmn")


def test_a_file_that_can_not_be_read_is_told_by_its_name() -> None:
    files, problems = read_files({"a/d.dmn": b"<x/>", "notes.txt": b"no", "b.dmn": shared("n")})
    assert files.keys() == {"b.dmn"}
    assert problems
    for problem in problems:
        assert all(text.startswith("a/d.dmn: ") for text in problem.messages.values())
