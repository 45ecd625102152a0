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
from web.cli.decision_names import Names, titled
from web.cli.words import word

Account: TypeAlias = dict[str, Any]
"""JSON."""

_WORDS: Mapping[str, Wording] = {
    "decision": Wording(en="decision", ru="решение", kk="шешім"),
    "service": Wording(en="decision service", ru="сервис решений", kk="шешім қызметі"),
    "knowledge model": Wording(en="knowledge model", ru="модель знаний", kk="білім моделі"),
    "input": Wording(en="input", ru="вход", kk="кіріс"),
    "rule": Wording(en="rule {number}", ru="правило {number}", kk="{number}-ереже"),
    "no rule": Wording(
        en="no rule matched", ru="ни одно правило не подошло", kk="бірде-бір ереже сай келмеді"
    ),
    "when": Wording(en="when", ru="если", kk="егер"),
    "then": Wording(en="then", ru="то", kk="онда"),
    "note": Wording(en="note", ru="пометка", kk="ескертпе"),
    "gives": Wording(en="gives", ru="даёт", kk="береді"),
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


def _word(name: str, language: str, **details: object) -> str:
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


def listed_text(question: Question, language: str) -> Iterator[str]:
    """Lines about what can be asked."""
    name = titled(question.name, question.translations, language)
    kind = "" if question.kind == "decision" else f" – {_word(question.kind, language)}"
    yield f"{_with_id(name, question.id)}{kind}"
    for each in question.inputs:
        yield f"  {titled(each.name, each.translations, language)}: {type_in_words(each.type)}"
    if question.takes_more:
        yield f"  ({_word('open', language)})"
    elif not question.inputs:
        yield f"  ({_word('no inputs', language)})"


def account(
    question: Question, outcome: Outcome, models: Sequence[Model], names: Names, language: str
) -> Account:
    """Everything that an evaluation did. `errors` are the reasons why there is no result."""
    errors = [each for each in outcome.warnings if each.severity == "error"]
    of_steps = {id(each) for step in outcome.steps for each in step.warnings}
    return {
        "kind": question.kind,
        "id": question.id,
        "name": names.decision(question.id or question.name, question.name),
        "result": outcome.value,
        "errors": [{"message": each.in_language(language)} for each in errors],
        "steps": [
            {
                "decision": step.decision,
                "name": names.decision(step.decision, step.name),
                "inputs": _by_title(step.inputs, names),
                "table": _has_table(step.decision, models),
                "rules": [_rule(each, step.decision, models, names) for each in step.rules],
                "outputs": step.outputs,
                "warnings": _notices(step.warnings, language),
            }
            for step in outcome.steps
        ],
        "warnings": _notices(
            [each for each in outcome.warnings if id(each) not in of_steps], language
        ),
    }


def account_text(told: Account, language: str) -> Iterator[str]:
    """The lines of an account."""
    for number, step in enumerate(told["steps"], 1):
        yield f"{number}. {_with_id(step['name'], step['decision'])}"
        yield from (f"   {line}" for line in _step_text(step, language))
        yield ""
    yield from (_notice_text(each, language) for each in told["warnings"])
    if not told["errors"]:
        yield f"{_word('result', language)}: {_written(told['result'], indent=2)}"


def _step_text(step: Account, language: str) -> Iterator[str]:
    for name, value in step["inputs"].items():
        yield f"{_word('input', language)} {name} = {_written(value)}"
    if step["table"] and not step["rules"]:
        yield _word("no rule", language)
    for rule in step["rules"]:
        yield from _rule_text(rule, language)
    yield f"{_word('gives', language)} {_written(step['outputs'])}"
    yield from dict.fromkeys(_notice_text(each, language) for each in step["warnings"])


def _rule_text(rule: Account, language: str) -> Iterator[str]:
    line = None if rule["line"] is None else word("line", language, line=rule["line"])
    place = ", ".join(part for part in (rule["id"], line) if part)
    yield _word("rule", language, number=rule["number"]) + (f" ({place})" if place else "")
    for key, name in (("inputs", "when"), ("outputs", "then"), ("annotations", "note")):
        for column, cell in rule[key].items():
            if key == "outputs" or cell not in _NOTHING:
                yield f"  {_word(name, language)} {f'{column}: ' if column else ''}{cell}"


def _notice_text(notice: Account, language: str) -> str:
    text, position = notice["text"], notice["position"]
    told = f"{word(notice['severity'], language)}: {notice['reason']}"
    if not text:
        return told
    start = text.rfind("\n", 0, position) + 1
    line = text[start:].partition("\n")[0]
    cut = max(0, position - start - _LONGEST // 2)
    shown = line[cut:][:_LONGEST].strip()
    place = _word("place", language, column=position - start + 1, text=f"`{shown}`")
    return f"{told}, {place}"


def _notices(notices: Sequence[Notice], language: str) -> list[Account]:
    return [
        {
            "severity": each.severity,
            "reason": each.in_language(language),
            "text": each.text,
            "position": each.position,
        }
        for each in notices
    ]


def _rule(matched: MatchedRule, decision: str, models: Sequence[Model], names: Names) -> Account:
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
            [names.input_column(clause) for clause in table.inputs],
            [cell.text for cell in rule.inputs],
        )
        told["outputs"] = _by_column(
            [names.output_column(clause) for clause in table.outputs],
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


def _by_title(values: Mapping[str, object], names: Names) -> Account:
    """Values by what they are called; by their own name where two are called the same."""
    told: Account = {}
    for name, value in values.items():
        title = names.value(name)
        told[name if title in told else title] = value
    return told


def _has_table(decision: str, models: Sequence[Model]) -> bool:
    bodies = [(each.id, each.name, each.expression) for each in _decisions(models)]
    bodies += [
        (each.id, each.name, each.logic.body)
        for model in models
        for each in model.knowledge_models
        if each.logic is not None
    ]
    return any(
        isinstance(body, DecisionTable) for id_, name, body in bodies if decision in (id_, name)
    )


def _decisions(models: Sequence[Model]) -> Iterator[Decision]:
    return (decision for model in models for decision in model.decisions)


def _with_id(name: str, id_: str | None) -> str:
    return name if id_ is None or id_ == name else f"{name} ({id_})"


def _written(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
