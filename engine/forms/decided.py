"""Fields that a deployed decision has a say in: `x-decision`.

    "x-decision": {
        "decision": "room_kinds",
        "inputs": {"Guests": "= guests"},
        "offers": "= answer.kinds",
        "says": {"kk": "= answer.kk", "ru": "= answer.ru", "en": "= answer.en"}
    }

Forms make no decisions: who draws a form asks for them (see `Queries.form_decisions`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from engine.feel import ExpressionSyntaxError, is_feel
from engine.feel.feel import FeelExpression, parse_expression
from engine.feel.free_names import free_names
from engine.forms.texts import LANGUAGES, Texts

DECISION = "x-decision"
ANSWER = "answer"
"""What the decision's answer is called in `offers` and `says`."""

_KEYWORDS = frozenset({"decision", "inputs", "offers", "says"})


@dataclass(frozen=True)
class DecisionSource:
    """Which decision is asked, with what, and what its answer means for the field.

    inputs: FEEL by the name of the decision's input. offers: FEEL for the values that may be chosen
    now. says: FEEL for a sentence, by language; null says nothing. reads: the fields of the form
    whose values any of these read.
    """

    decision: str
    inputs: Mapping[str, str]
    offers: str | None = None
    says: Mapping[str, str] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FieldDecision:
    """What a decision says of a field beside the values of the others.

    `offers` None: it takes nothing away. `texts` may be empty.
    """

    offers: tuple[object, ...] | None = None
    texts: Texts = field(default_factory=dict)

    def allows(self, value: object) -> bool:
        """Whether a value may be chosen now."""
        return self.offers is None or value in self.offers


def read_decision(schema: Mapping[str, object], fields: Collection[str]) -> DecisionSource | None:
    """The decision of a field's schema, which has no problems."""
    given = cast("Mapping[str, Any] | None", schema.get(DECISION))
    if given is None:
        return None
    read: set[str] = set()
    for _, text in _expressions(given):
        free = free_names(_parse(text).tree)
        read.update((*free.variables, *free.possible))
    return DecisionSource(
        decision=given["decision"],
        inputs=dict(given.get("inputs", {})),
        offers=given.get("offers"),
        says=dict(given.get("says", {})),
        reads=frozenset(fields).intersection(read),
    )


def decision_problems(
    name: str, schema: Mapping[str, object], before: Collection[str], fields: Collection[str]
) -> Iterator[str]:
    """What is wrong with `x-decision` of a field, in sentences; `before` are the fields above it.

    Names of no field are variables of the case, which no form knows.
    """
    if DECISION not in schema:
        return
    given = schema[DECISION]
    if not isinstance(given, dict) or not isinstance(given.get("decision"), str):
        yield f'{name}: {DECISION} must name a decision, as {{"decision": "room_kinds", …}}'
        return
    for keyword in sorted(set(given) - _KEYWORDS):
        yield f"{name}: {DECISION}: {keyword} has no meaning"
    for keyword in ("inputs", "says"):
        if not isinstance(given.get(keyword, {}), dict):
            yield f"{name}: {DECISION}: {keyword} must map names to FEEL"
            return
    if not {"offers", "says"} & given.keys():
        yield f"{name}: {DECISION} must have offers or says, else it changes nothing"
    if "offers" in given and "oneOf" not in schema:
        yield f"{name}: {DECISION}: offers needs oneOf: what there is to choose at most"
    if "says" in given and set(given["says"]) != set(LANGUAGES):
        yield f"{name}: {DECISION}: says must have {', '.join(LANGUAGES)}"
    for place, text in _expressions(given):
        yield from _expression_problems(f"{name}: {DECISION}: {place}", text, before, fields)


def _expression_problems(
    place: str, text: object, before: Collection[str], fields: Collection[str]
) -> Iterator[str]:
    if not isinstance(text, str) or not is_feel(text):
        yield f'{place} must be FEEL, as "= guests"'
        return
    try:
        parsed = _parse(text)
    except ExpressionSyntaxError as error:
        yield f"{place}: {error}"
        return
    for each in parsed.names:
        if each in fields and each not in before:
            yield f"{place} names {each}, which is no field before it"


def _expressions(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from given.get("inputs", {}).items()
    if "offers" in given:
        yield "offers", given["offers"]
    yield from given.get("says", {}).items()


def _parse(text: str) -> FeelExpression:
    return parse_expression(text.strip().removeprefix("=").strip())
