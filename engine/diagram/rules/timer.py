"""A timer event has one timer, and its text is ISO 8601 or an expression.

Cron tables are refused: whether a rule fits the calendar of working days can't be seen in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from engine.calendar import NotATime, parse_cycle, parse_iso_duration, parse_moment
from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.parts import EventDefinition, Timer, TimerKind
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.feel import may_hold_expression

_CRON_FIELD = re.compile(r"[\w*/?,#\-]+")
_REPEATED = re.compile(r"R\d*/P[^/]+")


def _parse_repeated(text: str) -> object:
    """A number of times and an interval: a start or end of its own is not carried out."""
    if _REPEATED.fullmatch(text) is None:
        raise NotATime(f"Expected a cycle such as R3/P1D, but found {text!r}")
    return parse_cycle(text)


PARSERS: Mapping[TimerKind, tuple[Callable[[str], object], str]] = {
    "date": (parse_moment, "2026-01-31T18:00:00+05:00"),
    "duration": (parse_iso_duration, "P3D"),
    "cycle": (_parse_repeated, "R3/P1D"),
}

COUNT = Wording(
    en="Expected one date, duration or cycle at the timer {id}, but found {count}.",
    ru="Ожидалась одна дата, длительность или повтор у таймера {id}, но найдено {count}.",
    kk="{id} таймерінде бір күн, ұзақтық не қайталау болуы керек, бірақ {count} табылды.",
)
EMPTY = Wording(
    en="Expected a text in the timer {id}, but it is empty.",
    ru="Ожидался текст в таймере {id}, но он пуст.",
    kk="{id} таймерінде мәтін болуы керек, бірақ ол бос.",
)
UNREADABLE = Wording(
    en="Expected a {kind} in ISO 8601 as {example}, or ${{…}}, at the timer {id}, "
    "but found '{text}'.",
    ru="Ожидалось значение ISO 8601 ({kind}, например {example}) или ${{…}} у таймера {id}, "
    "но найдено «{text}».",
    kk="{id} таймерінде ISO 8601 мәні ({kind}, мысалы {example}) не ${{…}} күтілді, "
    "бірақ «{text}» табылды.",
)
CRON = Wording(
    en="Expected a cycle as {example} at the timer {id}, but '{text}' is a cron table, "
    "which is not executed.",
    ru="Ожидался повтор вида {example} у таймера {id}, но «{text}» это cron, "
    "который не исполняется.",
    kk="{id} таймерінде {example} түріндегі қайталау күтілді, бірақ «{text}» cron кестесі, "
    "ол орындалмайды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each timer event."""
    for process in diagram.executable:
        for element in process.elements.values():
            for definition in element.event_definitions:
                if definition.kind == "timer":
                    yield from _check_definition(element, definition)


def _check_definition(element: ElementFacts, definition: EventDefinition) -> Iterator[Finding]:
    if len(definition.timers) != 1:
        yield at(element, COUNT, line=definition.line, count=len(definition.timers))
        return
    timer = definition.timers[0]
    if not timer.text:
        yield at(element, EMPTY, line=timer.line)
    elif not may_hold_expression(timer.text) and not timer.text.startswith("#{"):
        yield from _check_text(element, timer)


def _check_text(element: ElementFacts, timer: Timer) -> Iterator[Finding]:
    parse, example = PARSERS[timer.kind]
    try:
        parse(timer.text)
    except NotATime:
        wording = CRON if timer.kind == "cycle" and _is_cron(timer.text) else UNREADABLE
        yield at(
            element, wording, line=timer.line, kind=timer.kind, example=example, text=timer.text
        )


def _is_cron(text: str) -> bool:
    """Five to seven fields of a cron table, as `0 0 9 * * ?`."""
    fields = text.split()
    return 5 <= len(fields) <= 7 and all(_CRON_FIELD.fullmatch(field) for field in fields)


RULE = Rule("timer", check)
