"""The decision tables of FK-B.03: every one is named, sourced, dated and drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from engine.dmn import compile_models, read_model
from engine.dmn.analysis import analyse

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
DI = "{https://www.omg.org/spec/DMN/20191111/DMNDI/}"
BOUNDS = "{http://www.omg.org/spec/DMN/20180521/DC/}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DMN/20180521/DI/}waypoint"
I18N = "{http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@pytest.fixture(scope="module")
def content(home: Path) -> bytes:
    return (home / "measures.dmn").read_bytes()


@pytest.fixture(scope="module")
def model(content: bytes) -> etree._Element:
    return etree.fromstring(content)


@pytest.fixture(scope="module")
def drawn(model: etree._Element) -> dict[str, etree._Element]:
    """Decisions and input data by id."""
    return {
        each.get("id"): each for tag in ("decision", "inputData") for each in tagged(model, tag)
    }


def tagged(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    yield from element.iter(f"{DMN}{tag}")


def test_for_every_case_exactly_one_row_decides(content: bytes) -> None:
    model = read_model(content, "measures.dmn")
    compile_models([model])
    assert analyse(model) == []


def test_everything_is_called_what_its_variable_is(drawn: dict[str, etree._Element]) -> None:
    for key, element in drawn.items():
        assert element.find(f"{DMN}variable").get("name") == element.get("name"), key
        assert (element.findtext(f"{DMN}description") or "").endswith("."), key


def test_every_name_and_column_is_in_three_languages(
    model: etree._Element, drawn: dict[str, etree._Element]
) -> None:
    columns = [*tagged(model, "input"), *tagged(model, "output")]
    assert len(columns) > 20
    for element in [model, *drawn.values(), *columns]:
        found = element.iterfind(f"{DMN}extensionElements/{I18N}translation")
        texts = {each.get(LANG): each.text for each in found}
        assert set(texts) == {"kk", "ru", "en"}, element.get("id")
        assert texts["ru"] == element.get("label", element.get("name")), element.get("id")


def test_every_row_names_its_source_also_for_modelers_that_show_descriptions(
    model: etree._Element,
) -> None:
    rules = list(tagged(model, "rule"))
    assert len(rules) == 16
    for rule in rules:
        (source,) = rule.iterfind(f"{DMN}annotationEntry/{DMN}text")
        assert re.match("Порядок|Прочтение|Приказ", source.text), rule.get("id")
        assert rule.findtext(f"{DMN}description") == source.text, rule.get("id")


def test_every_row_is_dated(model: etree._Element) -> None:
    for table in tagged(model, "decisionTable"):
        assert table.get("hitPolicy") == "UNIQUE"
        assert table.find(f"{DMN}input").get("label") == "День подачи", table.get("id")
        for rule in tagged(table, "rule"):
            day = rule.findtext(f"{DMN}inputEntry/{DMN}text")
            assert "date(" in day, rule.get("id")


def test_the_diagram_gives_what_the_decision_asks_for(
    model: etree._Element, definitions: etree._Element, drawn: dict[str, etree._Element]
) -> None:
    asked = 0
    for task in definitions.iter(f"{BPMN}businessRuleTask"):
        given = {each.get("name") for each in task.iter(f"{CAMUNDA}inputParameter")}
        assert given == inputs_of(drawn, task.get(f"{CAMUNDA}decisionRef")), task.get("id")
        asked += 1
    assert asked


def inputs_of(drawn: dict[str, etree._Element], key: str) -> set[str]:
    """The names of all input data below a decision."""
    found = set()
    for required in drawn[key].iter(f"{DMN}requiredInput", f"{DMN}requiredDecision"):
        other = required.get("href").removeprefix("#")
        if required.tag == f"{DMN}requiredInput":
            found.add(drawn[other].get("name"))
        else:
            found |= inputs_of(drawn, other)
    return found


# -- the picture


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def has_on_its_edge(self, x: float, y: float) -> bool:
        within = self.x <= x <= self.right and self.y <= y <= self.bottom
        return within and (x in (self.x, self.right) or y in (self.y, self.bottom))


@pytest.fixture(scope="module")
def shapes(model: etree._Element) -> dict[str, Box]:
    found = {}
    for shape in model.iter(f"{DI}DMNShape"):
        bounds = shape.find(BOUNDS)
        x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
        found[shape.get("dmnElementRef")] = Box(x, y, x + width, y + height)
    return found


def test_everything_is_drawn_and_nothing_overlaps(
    drawn: dict[str, etree._Element], shapes: dict[str, Box]
) -> None:
    assert set(shapes) == set(drawn)
    for (first, one), (second, two) in combinations(shapes.items(), 2):
        assert not one.overlaps(two), (first, second)


def test_every_requirement_is_drawn_upwards_from_what_is_required(
    model: etree._Element, shapes: dict[str, Box]
) -> None:
    edges = {
        edge.get("dmnElementRef"): [
            (float(point.get("x")), float(point.get("y"))) for point in edge.iter(WAYPOINT)
        ]
        for edge in model.iter(f"{DI}DMNEdge")
    }
    requirements = list(tagged(model, "informationRequirement"))
    assert set(edges) == {each.get("id") for each in requirements}
    for requirement in requirements:
        (required,) = requirement
        start, end = edges[requirement.get("id")]
        assert shapes[required.get("href").removeprefix("#")].has_on_its_edge(*start)
        assert shapes[requirement.getparent().get("id")].has_on_its_edge(*end)
        assert start[1] > end[1], requirement.get("id")
