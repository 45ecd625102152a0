"""Choices that depend on another field: a settlement on its region, a profession on its area.

A form says so in JSON Schema: `allOf` with `if {region: const} then {settlement: enum}`, or by the
`parent` of a classifier's options. The server checks it whatever the page does; the page only
leaves out what can't be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.forms import Form, Options


@dataclass
class Link:
    """By which field a choice is narrowed, and to what at each of that field's values."""

    by: str
    allowed: dict[str, list[str]] = field(default_factory=dict)


def links_of(form: Form) -> dict[str, Link]:
    """The links of a form by the field that is narrowed; other conditions are left out."""
    links: dict[str, Link] = {}
    for by, value, target, allowed in _rules(form.schema):
        link = links.setdefault(target, Link(by))
        if link.by == by:
            link.allowed[str(value)] = [str(each) for each in allowed]
    return links


def _rules(schema: Mapping[str, object]) -> Iterator[tuple[str, object, str, list[object]]]:
    rules: Any = schema.get("allOf", [])
    for rule in rules:
        conditions = _properties(rule.get("if"))
        if len(conditions) != 1:
            continue
        (by, condition), *_ = conditions.items()
        if "const" not in condition:
            continue
        for target, consequence in _properties(rule.get("then")).items():
            if "enum" in consequence:
                yield by, condition["const"], target, consequence["enum"]


def _properties(schema: Any) -> dict[str, dict[str, Any]]:
    return dict(schema.get("properties", {})) if isinstance(schema, dict) else {}


_GONE: Mapping[str, str] = {
    "kk": "«{name}» ({code}) қолданыстағы жіктеуіште енді жоқ. Тізімнен қайта таңдаңыз",
    "ru": "«{name}» ({code}): этого кода больше нет в действующем классификаторе. "
    "Выберите из списка заново",
    "en": "“{name}” ({code}) is no longer in the classifier in force. Choose from the list again",
}


def leaders_of(form: Form) -> dict[str, list[str]]:
    """By field: the fields whose choices it changes with, the nearest first.

    A field changes with the parent of its options and with all above that, with a choice that fills
    it in, and with what its decision reads.
    """
    leaders: dict[str, list[str]] = {}
    for each in form.fields:
        if each.decision is not None:
            nearest = [other.name for other in form.fields if other.name in each.decision.reads]
            above = [name for other in nearest for name in leaders.get(other, ())]
            leaders.setdefault(each.name, []).extend(dict.fromkeys([*nearest, *above]))
        source = each.source
        if source is None:
            continue
        if source.parent is not None:
            leaders.setdefault(each.name, []).extend(
                [source.parent, *leaders.get(source.parent, ())]
            )
        for target in source.fills:
            leaders.setdefault(target, []).append(each.name)
    return leaders


def followers_of(form: Form, name: str) -> list[str]:
    """The fields that change with the choice of a field, in the order of the form."""
    leaders = leaders_of(form)
    return [each.name for each in form.fields if name in leaders.get(each.name, ())]


def gone_choices(
    form: Form, values: Mapping[str, object], options: Options
) -> dict[str, dict[str, str]]:
    """What is said of codes in `values` that the classifier in force has no more, by field.

    A code that is only of another region than the one chosen now is no such code.
    """
    said: dict[str, dict[str, str]] = {}
    for each in form.fields:
        source, code = each.source, values.get(each.name)
        if source is None or not isinstance(code, str) or not code:
            continue
        offered = options.offered(source.classifier, source.level, None)
        if offered is None or any(option.value == code for option in offered):
            continue
        known = options.named(source.classifier, code)
        if known is not None:
            said[each.name] = {
                language: text.replace("{name}", known.label(language)).replace("{code}", code)
                for language, text in _GONE.items()
            }
    return said
