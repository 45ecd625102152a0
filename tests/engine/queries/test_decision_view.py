"""A version of a decision to look at."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.dmn.outline import Line, TableOutline
from engine.errors import NotFound
from engine.queries.decision_view import DecisionView
from tests.support.decisions import DMN, Element, input_data, literal, model, table
from tests.support.house import OPERATOR, House, person

I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"


def translated(node: Element, **names: str) -> Element:
    """An element of a model with its names in other languages."""
    extension = etree.Element(f"{{{DMN}}}extensionElements")
    for language, name in names.items():
        translation = etree.SubElement(extension, f"{{{I18N}}}translation")
        translation.set("{http://www.w3.org/XML/1998/namespace}lang", language)
        translation.text = name
    node.insert(0, extension)
    return node


def knowledge(id: str, text: str, needs: str | None = None) -> Element:
    node = etree.Element(f"{{{DMN}}}businessKnowledgeModel", id=id, name=id)
    logic = etree.SubElement(node, f"{{{DMN}}}encapsulatedLogic")
    etree.SubElement(logic, f"{{{DMN}}}formalParameter", name="n")
    body = etree.SubElement(logic, f"{{{DMN}}}literalExpression")
    etree.SubElement(body, f"{{{DMN}}}text").text = text
    if needs:
        need_knowledge(node, needs)
    return node


def need_knowledge(node: Element, id: str) -> Element:
    requirement = etree.Element(f"{{{DMN}}}knowledgeRequirement")
    etree.SubElement(requirement, f"{{{DMN}}}requiredKnowledge", href=f"#{id}")
    node.insert(1, requirement)
    return node


def rates(second: str = "0.2") -> bytes:
    return model(
        translated(input_data("size", "number"), kk="саны"),
        translated(
            table(
                "rate",
                {"size": "number"},
                {"rate": "number"},
                [("<50", "0.1"), ("-", second)],
                hit_policy="FIRST",
                name="Rate",
                version_tag="autumn",
            ),
            kk="Үлес",
        ),
        literal("places", "size * Rate", needs=["rate"], inputs=["size"]),
    )


def view(house: House, decision: str, version: int = 1, **part: int) -> DecisionView:
    rows = house.engine.queries.decision_definitions(OPERATOR)
    (found,) = (row.id for row in rows if (row.decision_id, row.version) == (decision, version))
    return house.engine.queries.decision(OPERATOR, found, **part)


def test_a_decision_tells_its_logic_and_where_it_came_from(house: House) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    found = view(house, "rate")
    assert (found.decision_id, found.version, found.version_tag) == ("rate", 1, "autumn")
    assert (found.resource_name, found.deployed_by) == ("p/rates.dmn", "operator")
    assert found.names == {"kk": "Үлес", "ru": "Rate", "en": "Rate"}
    (outline,) = found.blocks
    assert isinstance(outline, TableOutline)
    assert [row.outputs for row in outline.rules] == [("0.1",), ("0.2",)]
    assert view(house, "places").blocks == (Line("size * Rate"),)


def test_it_shows_some_rules_at_a_time(house: House) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    (outline,) = view(house, "rate", first_rule=2, most_rules=1).blocks
    assert isinstance(outline, TableOutline)
    assert ([row.number for row in outline.rules], outline.count) == ([2], 2)


def test_each_version_is_as_it_was_deployed_and_knows_the_others(house: House) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    house.deploy(files={"p/rates.dmn": rates(second="0.3")})
    old, new = view(house, "rate", 1), view(house, "rate", 2)
    assert [each.version for each in old.versions] == [2, 1]
    assert old.versions == new.versions
    for found, output in ((old, "0.2"), (new, "0.3")):
        (outline,) = found.blocks
        assert isinstance(outline, TableOutline)
        assert outline.rules[-1].outputs == (output,)


def test_what_it_requires_leads_to_the_version_it_goes_by(house: House) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    house.deploy(files={"p/rates.dmn": rates(second="0.3")})
    rate, size = view(house, "places", 1).requires
    assert (rate.kind, rate.names["kk"], rate.definition_id) == (
        "decision",
        "Үлес",
        view(house, "rate", 1).id,
    )
    assert (size.kind, size.names["kk"], size.type_ref, size.definition_id) == (
        "input",
        "саны",
        "number",
        None,
    )


def test_knowledge_models_are_shown_with_it_each_once(house: House) -> None:
    decision = need_knowledge(need_knowledge(literal("d", "double(1)"), "double"), "twice")
    house.deploy(
        files={
            "p/d.dmn": model(
                decision,
                knowledge("double", "twice(n)", needs="twice"),
                knowledge("twice", "n * 2"),
            )
        }
    )
    found = view(house, "d")
    assert [(each.names["en"], each.blocks) for each in found.functions] == [
        ("twice", (Line("function(n) n * 2"),)),
        ("double", (Line("function(n) twice(n)"),)),
    ]
    assert {each.kind for each in found.requires} == {"knowledge model"}


def test_a_decision_of_an_imported_file_is_found_by_its_namespace(house: House) -> None:
    node = literal("places", "r.Rate")
    requirement = etree.Element(f"{{{DMN}}}informationRequirement")
    etree.SubElement(requirement, f"{{{DMN}}}requiredDecision", href="urn:test#rate")
    node.insert(1, requirement)
    places = model(node, namespace="urn:places", imports={"r": "urn:test"})
    house.deploy(files={"p/rates.dmn": model(literal("rate", "1")), "p/places.dmn": places})
    (rate,) = view(house, "places").requires
    assert rate.definition_id == view(house, "rate").id


def test_only_operators_and_owners_look_at_it(house: House) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    found = view(house, "rate").id
    elsewhere = person("boss", "operator", tenant="elsewhere")
    for actor in (person("aigul", "staff"), elsewhere):
        with pytest.raises(NotFound):
            house.engine.queries.decision(actor, found)
    with pytest.raises(NotFound):
        house.engine.queries.decision(OPERATOR, "none")
