"""The account of an evaluation: as one JSON value, and as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from engine.dmn import Decision, DecisionTable, MatchedRule, Model, Notice, Outcome
from engine.dmn.model import Rule
from engine.dmn.questions import Question, type_in_words
from engine.dmn.texts import elements_within
from engine.problems import Wording

Account: TypeAlias = dict[str, Any]
"""JSON."""

_WORDS: Mapping[str, Wording] = {
    "decision": Wording(en="decision", ru="решение", kk="шешім"),
    "service": Wording(en="decision service", ru="сервис решений", kk="шешім қызметі"),
    "knowledge model": Wording(en="knowledge model", ru="модель знаний", kk="білім моделі"),
    "input": Wording(en="input", ru="вход", kk="кіріс"),
    "rule": Wording(en="rule {number}", ru="правило {number}", kk="{number}-ереже"),
    "line": Wording(en="line {line}", ru="строка {line}", kk="{line}-жол"),
    "no rule": Wording(
        en="no rule matched", ru="ни одно правило не подошло", kk="бірде-бір ереже сай келмеді"
    ),
    "when": Wording(en="when", ru="если", kk="егер"),
    "then": Wording(en="then", ru="то", kk="онда"),
    "note": Wording(en="note", ru="пометка", kk="ескерту"),
    "gives": Wording(en="gives", ru="даёт", kk="береді"),
    "warning": Wording(en="warning", ru="предупреждение", kk="назар аударыңыз"),
    "error": Wording(en="error", ru="ошибка", kk="қате"),
    "place": Wording(
        en="at character {column} of {text}",
        ru="знак {column} в {text}",
        kk="{text} ішіндегі {column}-таңба",
    ),
    "result": Wording(en="Result", ru="Результат", kk="Нәтиже"),
    "open": Wording(
        en="sees every value that is given",
        ru="видит все заданные значения",
        kk="берілген барлық мәндерді көреді",
    ),
    "no inputs": Wording(en="no inputs", ru="входов нет", kk="кірістер жоқ"),
}

_LONGEST = 100
_NOTHING = ("", "-")


def word(name: str, language: str, **details: object) -> str:
    """A word of the account."""
    return _WORDS[name].fill(details)[language]


def listed(question: Question) -> Account:
    """What can be asked, and with what."""
    return {
        "kind": question.kind,
        "id": question.id,
        "name": question.name,
        "inputs": [
            {"name": each.name, "type": type_in_words(each.type)} for each in question.inputs
        ],
        "sees_every_value": question.takes_more,
    }


def listed_text(found: Account, language: str) -> Iterator[str]:
    """Lines about what can be asked."""
    name, id_ = found["name"], found["id"]
    kind = "" if found["kind"] == "decision" else f" – {word(found['kind'], language)}"
    yield f"{_titled(name, id_)}{kind}"
    for each in found["inputs"]:
        yield f"  {each['name']}: {each['type']}"
    if found["sees_every_value"]:
        yield f"  ({word('open', language)})"
    elif not found["inputs"]:
        yield f"  ({word('no inputs', language)})"


def account(question: Question, outcome: Outcome, models: Sequence[Model]) -> Account:
    """Everything that an evaluation did. `error` is the reason why there is no result."""
    errors = [each.reason for each in outcome.warnings if each.severity == "error"]
    of_steps = {id(each) for step in outcome.steps for each in step.warnings}
    return {
        "kind": question.kind,
        "id": question.id,
        "name": question.name,
        "result": outcome.value,
        "error": errors[0] if errors else None,
        "steps": [
            {
                "decision": step.decision,
                "name": step.name,
                "inputs": dict(step.inputs),
                "table": _has_table(step.decision, models),
                "rules": [_rule(each, step.decision, models) for each in step.rules],
                "outputs": step.outputs,
                "warnings": _notices(step.warnings),
            }
            for step in outcome.steps
        ],
        "warnings": _notices([each for each in outcome.warnings if id(each) not in of_steps]),
    }


def account_text(told: Account, language: str) -> Iterator[str]:
    """The lines of an account."""
    for number, step in enumerate(told["steps"], 1):
        yield f"{number}. {_titled(step['name'], step['decision'])}"
        yield from (f"   {line}" for line in _step_text(step, language))
        yield ""
    yield from (_notice_text(each, language) for each in told["warnings"])
    if told["error"] is None:
        yield f"{word('result', language)}: {_written(told['result'], indent=2)}"


def _step_text(step: Account, language: str) -> Iterator[str]:
    for name, value in step["inputs"].items():
        yield f"{word('input', language)} {name} = {_written(value)}"
    if step["table"] and not step["rules"]:
        yield word("no rule", language)
    for rule in step["rules"]:
        yield from _rule_text(rule, language)
    yield f"{word('gives', language)} {_written(step['outputs'])}"
    yield from dict.fromkeys(_notice_text(each, language) for each in step["warnings"])


def _rule_text(rule: Account, language: str) -> Iterator[str]:
    line = None if rule["line"] is None else word("line", language, line=rule["line"])
    place = ", ".join(part for part in (rule["id"], line) if part)
    yield word("rule", language, number=rule["number"]) + (f" ({place})" if place else "")
    for key, name in (("inputs", "when"), ("outputs", "then"), ("annotations", "note")):
        for column, cell in rule[key].items():
            if key == "outputs" or cell not in _NOTHING:
                yield f"  {word(name, language)} {f'{column}: ' if column else ''}{cell}"


def _notice_text(notice: Account, language: str) -> str:
    text, position = notice["text"], notice["position"]
    told = f"{word(notice['severity'], language)}: {notice['reason']}"
    if not text:
        return told
    start = text.rfind("\n", 0, position) + 1
    line = text[start:].partition("\n")[0]
    cut = max(0, position - start - _LONGEST // 2)
    shown = line[cut:][:_LONGEST].strip()
    place = word("place", language, column=position - start + 1, text=f"`{shown}`")
    return f"{told}, {place}"


def _notices(notices: Sequence[Notice]) -> list[Account]:
    return [
        {
            "severity": each.severity,
            "reason": each.reason,
            "text": each.text,
            "position": each.position,
        }
        for each in notices
    ]


def _rule(matched: MatchedRule, decision: str, models: Sequence[Model]) -> Account:
    """A rule that counted, with its cells as they are written."""
    found = _cells(matched, decision, models)
    told: Account = {
        "number": matched.number,
        "id": matched.id,
        "line": matched.line,
        "inputs": {},
        "outputs": {},
        "annotations": dict(matched.annotations),
    }
    if found is not None:
        table, rule = found
        told["inputs"] = _by_column(
            [clause.label or clause.expression.text for clause in table.inputs],
            [cell.text for cell in rule.inputs],
        )
        told["outputs"] = _by_column(
            [clause.name or clause.label or "" for clause in table.outputs],
            [cell.text for cell in rule.outputs],
        )
    return told


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Cells by the heads of their columns; a head that is there before gets a number."""
    told: dict[str, str] = {}
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True), 1):
        told[column if column not in told else f"{column} ({place})"] = cell.strip()
    return told


def _cells(
    matched: MatchedRule, decision: str, models: Sequence[Model]
) -> tuple[DecisionTable, Rule] | None:
    """The rule in its table: one of the decision itself, else of a function that it calls."""
    own = [each for each in _decisions(models) if decision in (each.id, each.name)]
    for part in (*own, *models):
        for table in elements_within(part):
            if not isinstance(table, DecisionTable) or len(table.rules) < matched.number:
                continue
            rule = table.rules[matched.number - 1]
            if (rule.id, rule.line) == (matched.id, matched.line):
                return table, rule
    return None


def _has_table(decision: str, models: Sequence[Model]) -> bool:
    return any(
        isinstance(each.expression, DecisionTable)
        for each in _decisions(models)
        if decision in (each.id, each.name)
    )


def _decisions(models: Sequence[Model]) -> Iterator[Decision]:
    return (decision for model in models for decision in model.decisions)


def _titled(name: str, id_: str | None) -> str:
    return name if id_ is None or id_ == name else f"{name} ({id_})"


def _written(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
