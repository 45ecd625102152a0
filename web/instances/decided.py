"""The decisions of a case: which version, which rules, and with what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext

from engine.queries.decision_names import DecisionNames
from engine.queries.decisions import EvaluatedDecision
from engine.queries.steps import Step
from web.context import people, person
from web.instances.values import Entry, Shown, entry, shown
from web.language import words

MOST_RULES = 20
"""Rules of one table that are named."""

MOST_DECISIONS = 10
"""Decisions of one step that are shown, and decisions on the way to one."""


@dataclass(frozen=True)
class Rule:
    """A rule that matched; `annotation` is "" where it has none, or where it is not to be seen."""

    number: int
    annotation: str


@dataclass(frozen=True)
class Table:
    """The rules of one table that decided, none where none matched. `more` are not named."""

    name: str
    rules: tuple[Rule, ...]
    more: int


@dataclass(frozen=True)
class Account:
    """What one decision on the way read and gave."""

    name: str
    inputs: tuple[Entry, ...]
    result: Shown


@dataclass(frozen=True)
class Decided:
    """A decision that was made. `accounts` are empty for those who see no inputs and results.

    `is_own_table`: the only table is that of the decision itself. `can_look`: its definition may
    be looked at in the cockpit.
    """

    name: str
    version: int
    version_tag: str | None
    definition_id: str
    tables: tuple[Table, ...]
    is_own_table: bool
    accounts: tuple[Account, ...]
    more_accounts: int
    warnings: tuple[str, ...]
    can_look: bool


@dataclass(frozen=True)
class DecidedHere:
    """The decisions of one step; `more` are not shown."""

    decisions: tuple[Decided, ...]
    more: int


def by_step(
    steps: Iterable[Step], evaluated: Sequence[EvaluatedDecision]
) -> tuple[Mapping[str, DecidedHere], DecidedHere]:
    """The decisions of each step in words, by its id, and those that belong to no such step.

    A check of a start or a cancellation asks without a token: what it was told belongs to the
    first step of its element.
    """
    first: dict[str, str] = {}
    asked = {made.id: step.id for step in steps for made in step.decisions if step.is_work}
    for step in steps:
        if step.is_work:
            first.setdefault(step.element_id, step.id)
    found: dict[str, list[EvaluatedDecision]] = {}
    others: list[EvaluatedDecision] = []
    for each in evaluated:
        step_id = asked.get(each.made.id)
        if step_id is None and each.made.token is None:
            step_id = first.get(each.made.element_id)
        (others if step_id is None else found.setdefault(step_id, [])).append(each)
    return {step_id: _here(each) for step_id, each in found.items()}, _here(others)


def _here(evaluated: Sequence[EvaluatedDecision]) -> DecidedHere:
    kept = evaluated[:MOST_DECISIONS]
    return DecidedHere(tuple(_decided(each) for each in kept), len(evaluated) - len(kept))


def _decided(found: EvaluatedDecision) -> Decided:
    made, evaluation = found.made, found.evaluation
    tables = tuple(_tables(found))
    steps = [] if evaluation is None else list(evaluation["steps"])
    kept = steps[-MOST_DECISIONS:]
    own_name = words(found.names.decision(made.decision_id, made.name))
    return Decided(
        name=own_name,
        version=made.version,
        version_tag=made.version_tag,
        definition_id=made.definition_id,
        tables=tables,
        is_own_table=[each.name for each in tables] == [own_name],
        accounts=tuple(_accounts(found.names, kept, evaluation or {})),
        more_accounts=len(steps) - len(kept),
        warnings=() if evaluation is None else tuple(dict.fromkeys(evaluation["warnings"])),
        can_look="cockpit" in people().areas(person()),
    )


def _tables(found: EvaluatedDecision) -> Iterator[Table]:
    """From the payload where it is to be seen: there are annotations, and tables without a hit."""
    names = found.names
    if found.evaluation is None:
        for each in found.made.tables:
            numbers = [Rule(rule.number, "") for rule in each.rules]
            yield _table(words(names.decision(each.decision, each.decision)), numbers)
        return
    for step in found.evaluation["steps"]:
        if step["rules"] or names.has_table(step["decision"]):
            rules = [Rule(rule["number"], _annotation(rule)) for rule in step["rules"]]
            yield _table(words(names.decision(step["decision"], step["name"])), rules)


def _table(name: str, rules: Sequence[Rule]) -> Table:
    kept = tuple(rules[:MOST_RULES])
    return Table(name, kept, len(rules) - len(kept))


def _annotation(rule: Mapping[str, Any]) -> str:
    """The texts of a rule's annotations; the columns are named where there are several."""
    annotations = [(column, text) for column, text in rule["annotations"] if text]
    if len(annotations) == 1:
        return str(annotations[0][1])
    return "; ".join(f"{column}: {text}" if column else text for column, text in annotations)


def _accounts(
    names: DecisionNames, steps: Sequence[Mapping[str, Any]], evaluation: Mapping[str, Any]
) -> Iterator[Account]:
    """What a decision reads of one above is not said twice."""
    above: dict[str, object] = {}
    for step in steps:
        inputs = step["inputs"]
        if not inputs and step["decision"] == evaluation["decision"]:
            inputs = evaluation["inputs"]
        name = words(names.decision(step["decision"], step["name"]))
        yield Account(
            name,
            tuple(_input(names, each, value, above) for each, value in inputs.items()),
            shown(step["outputs"], partial(_label, names, step["decision"])),
        )
        above[name] = step["outputs"]


def _input(names: DecisionNames, name: str, value: object, above: Mapping[str, object]) -> Entry:
    label = _label(names, None, name)
    if label is not None and label in above and above[label] == value:
        return Entry(label, False, Shown(gettext("the result above")))
    return entry(name, value, partial(_label, names, None))


def _label(names: DecisionNames, decision_id: str | None, name: str) -> str | None:
    """What an entry is called: `decision_id` gave it, or, None, it was read."""
    if decision_id is None:
        return words(names.input(name) or names.output(None, name)) or None
    return words(names.output(decision_id, name)) or None
