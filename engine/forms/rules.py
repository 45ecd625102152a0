"""Rules over several fields of a form: `x-check`, in FEEL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from engine.feel import ExpressionSyntaxError, is_feel
from engine.feel.feel import (
    Evaluation,
    FeelExpression,
    Frame,
    WithinLimits,
    clock_functions,
    from_json,
    parse_expression,
)
from engine.feel.free_names import free_names
from engine.forms.texts import LANGUAGES, Texts

CHECK = "x-check"
_EXPRESSION = "expression"
_MESSAGES = "x-error"
_CLOCK = frozenset({"now", "today"})
_SHAPE = '{"expression": "= …", "x-error": {"kk": …, "ru": …, "en": …}}, or a list of such'


@dataclass(frozen=True)
class Rule:
    """What must hold between the values of a form, and what is said where it does not.

    `expression` is FEEL without its `=`; `reads` the fields whose values it reads.
    """

    expression: str
    messages: Texts
    reads: frozenset[str]
    _parsed: FeelExpression = field(compare=False, repr=False)

    def needs_clock(self) -> bool:
        """Whether the rule asks for the day or the moment."""
        return bool(self._parsed.functions)

    def is_met(self, values: Mapping[str, object], evaluation: Evaluation) -> bool:
        """Whether the rule holds for these values by field; a field that is not there is null.

        False is not met. Null is met where a field that the rule reads is null, so that a field
        may be left out; beside values it is not met. Raises LimitExceeded.
        """
        with WithinLimits(self.expression, evaluation):
            given = {name: from_json(values.get(name)) for name in self.reads}
            value = self._parsed.run(Frame(given, None, evaluation))
        return value is True or (value is None and None in given.values())


def new_evaluation(now: datetime | None) -> Evaluation:
    """What the rules of one submission are evaluated in; `now` is a moment with its zone."""
    return Evaluation(clock_functions(now)) if now is not None else Evaluation()


def read_rules(schema: Mapping[str, object], fields: Collection[str]) -> tuple[Rule, ...]:
    """The rules of a field's schema, which has no problems."""
    return tuple(_rule(each, fields) for each in _listed(schema.get(CHECK, [])))


def _rule(given: object, fields: Collection[str]) -> Rule:
    rule = cast("Mapping[str, object]", given)
    parsed = _parse(cast("str", rule[_EXPRESSION]))
    free = free_names(parsed.tree)
    reads = frozenset(fields).intersection((*free.variables, *free.possible))
    return Rule(parsed.text, cast("Texts", rule[_MESSAGES]), reads, parsed)


def _parse(text: str) -> FeelExpression:
    return parse_expression(text.strip().removeprefix("=").strip())


def _listed(given: object) -> list[object]:
    return given if isinstance(given, list) else [given]


def rule_problems(
    name: str, schema: Mapping[str, object], properties: Mapping[str, object]
) -> Iterator[str]:
    """What is wrong with the rules of a field, in sentences; `properties` are the form's."""
    if CHECK not in schema:
        return
    rules = _listed(schema[CHECK])
    if not rules or not all(isinstance(each, dict) for each in rules):
        yield f"{name}: {CHECK} must be {_SHAPE}"
        return
    for each in cast("list[Mapping[str, object]]", rules):
        for keyword in sorted(set(each) - {_EXPRESSION, _MESSAGES}):
            yield f"{name}: {CHECK}: {keyword} has no meaning, expected {_SHAPE}"
        for problem in (*_expression_problems(each, properties), *_message_problems(each)):
            yield f"{name}: {CHECK}: {problem}"


def _expression_problems(
    rule: Mapping[str, object], properties: Mapping[str, object]
) -> Iterator[str]:
    text = rule.get(_EXPRESSION)
    if not isinstance(text, str) or not is_feel(text):
        yield 'the expression must be FEEL, as "= date(last_day) >= date(first_day)"'
        return
    try:
        parsed = _parse(text)
    except ExpressionSyntaxError as error:
        yield str(error)
        return
    for name in parsed.names:
        if name not in properties:
            yield f"the expression names {name}, which is no field of the form"
    for name in (*parsed.names, *parsed.possible_names):
        given = properties.get(name)
        if isinstance(given, Mapping) and given.get("readOnly") is True:
            yield f"the expression names {name}, which is read-only and so never submitted"
    for name in parsed.functions:
        if name not in _CLOCK:
            yield f"the expression calls {name}, which is neither FEEL's own nor now or today"


def _message_problems(rule: Mapping[str, object]) -> Iterator[str]:
    texts = rule.get(_MESSAGES)
    if not isinstance(texts, dict):
        yield f'{_MESSAGES} is missing: what is said, as {{"kk": …, "ru": …, "en": …}}'
        return
    for language in LANGUAGES:
        text = texts.get(language)
        if not isinstance(text, str) or not text.strip():
            yield f"{_MESSAGES}: the text in {language} is missing"


def misplaced_rules(schema: Mapping[str, object]) -> Iterator[str]:
    """Rules that stand where none is looked for: anywhere but at a field itself."""
    if _holds_rule({name: each for name, each in schema.items() if name != "properties"}):
        yield f"{CHECK} can only stand at a field"
    for name, each in cast("Mapping[str, object]", schema.get("properties", {})).items():
        within = each.items() if isinstance(each, Mapping) else ()
        if _holds_rule({keyword: below for keyword, below in within if keyword != CHECK}):
            yield f"{name}: {CHECK} can only stand at the field itself"


def _holds_rule(schema: object) -> bool:
    if isinstance(schema, Mapping):
        return CHECK in schema or any(_holds_rule(each) for each in schema.values())
    return isinstance(schema, list) and any(_holds_rule(each) for each in schema)
