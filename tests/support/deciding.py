"""A process that asks a decision table, with one whose rules can contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from tests.support.decisions import DMN, Element, input_data, literal, model, table
from tests.support.diagrams import (
    business_rule_task,
    end_event,
    path,
    process,
    start_event,
    user_task,
)

I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
BIN = "150140000012"
OVERLAPPING = "odd(?)"
"""Under 100 an odd size matches two rules of a UNIQUE table; lint can't tell."""

APART = ">= 100"


def rates(second: str = OVERLAPPING) -> bytes:
    """`places` reads the table `rate`, whose second rule has this condition."""
    rate = table(
        "rate",
        {"size": "number"},
        {"rate": "number"},
        [("< 100", "0.1"), (second, "0.2")],
        name="Доля мест",
    )
    places = literal("places", "size * Доля мест", needs=["rate"], inputs=["size"])
    places.set("name", "Места")
    translate(rate, {"kk": "Орындар үлесі", "en": "Rate of places"})
    translate(places, {"kk": "Орындар", "en": "Places"})
    size = translate(input_data("size", "number"), {"ru": "Размер", "kk": "Саны", "en": "Size"})
    for rule in rate.iter(f"{{{DMN}}}rule"):
        annotation = etree.SubElement(rule, f"{{{DMN}}}annotationEntry")
        etree.SubElement(annotation, f"{{{DMN}}}text").text = "Приказ № 12"
    return model(size, rate, places)


def translate(node: Element, names: Mapping[str, str]) -> Element:
    """The element of a model, with its names in other languages."""
    extension = etree.Element(f"{{{DMN}}}extensionElements")
    for language, name in names.items():
        translation = etree.SubElement(extension, f"{{{I18N}}}translation")
        translation.set("{http://www.w3.org/XML/1998/namespace}lang", language)
        translation.text = name
    node.insert(0, extension)
    return node


def deciding(decision: str = "places") -> Element:
    """Decides, then waits for a specialist. It belongs to the enterprise with `BIN`."""
    return process(
        "p",
        start_event("s"),
        business_rule_task("decide", decision, names={"en": "Work out the places"}),
        user_task("look", candidate_groups="specialist"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
        properties={"inputs": "size", "unit": "almaty", "party": BIN},
    )
