from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import click
import orjson
import pytest
from click.testing import CliRunner

from engine.errors import InvalidSubmission
from engine.forms import Form, load_form
from web.people import Person
from web.walk import Offer, Terminal
from web.walk.guide import LetTimePass, Stop

DUE = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "x-label": {"en": "Name"}},
        "kind": {
            "type": "string",
            "x-label": {"en": "Kind"},
            "oneOf": [
                {"const": "a", "x-label": {"en": "The first"}},
                {"const": "b", "x-label": {"en": "The second"}},
            ],
        },
        "why": {"type": "string", "x-label": {"en": "Why"}, "x-show-if": {"kind": "b"}},
        "days": {
            "type": "array",
            "x-label": {"en": "Days"},
            "items": {"enum": [1, 2, 3]},
        },
        "ready": {"type": "boolean", "x-label": {"en": "Ready"}},
        "number": {"type": "integer", "x-label": {"en": "Number"}, "readOnly": True},
    },
}


@pytest.fixture
def form() -> Form:
    return load_form("form", orjson.dumps(FORM))


def offer(name: str, task: str, element: str) -> Offer:
    row: Any = SimpleNamespace(id=task, element_id=element, names={"en": element.title()})
    return Offer(Person(name, {"en": name}, frozenset()), row)


def typing(typed: str, ask: Callable[[Terminal], object]) -> tuple[object, str]:
    """What a terminal in English gives while this is typed, and what is on the screen."""
    given: list[object] = []

    @click.command()
    def sit() -> None:
        given.append(ask(Terminal("en")))

    result = CliRunner().invoke(sit, input=typed)
    assert result.exit_code == 0, result.output
    return given[0], result.output


def test_fields_are_asked_for_with_their_choices(form: Form) -> None:
    values, screen = typing(
        "Aru\nb\nBecause\n1,3\ny\n", lambda terminal: terminal.start_values(form)
    )
    assert values == {"name": "Aru", "kind": "b", "why": "Because", "days": [1, 3], "ready": True}
    assert "    b: The second\n" in screen
    assert "Number" not in screen


def test_a_field_that_is_not_shown_is_not_asked_for(form: Form) -> None:
    values, screen = typing("\na\n\nn\n", lambda terminal: terminal.start_values(form))
    assert values == {"kind": "a", "ready": False}
    assert "Why" not in screen


def test_what_stands_in_the_form_is_offered(form: Form) -> None:
    standing = {"name": "Aru", "kind": "b", "why": "Because", "days": [2], "ready": True}
    values, screen = typing("\n\n\n\n\n", lambda terminal: terminal.task_values(form, standing))
    assert values == standing
    assert "Name [Aru]: " in screen


def test_a_task_without_a_form_asks_nothing() -> None:
    values, screen = typing("", lambda terminal: terminal.task_values(None, {}))
    assert (values, screen) == ({}, "")


def test_each_task_is_listed_once_in_the_order_of_opening() -> None:
    offers = [offer("Aru", "1", "fill"), offer("Dana", "1", "fill"), offer("Oral", "2", "sign")]
    chosen, screen = typing("2\n", lambda terminal: terminal.next_move(offers, None))
    assert chosen == offers[2]
    assert "  1. Fill (Aru)\n  2. Sign (Oral)\n" in screen


@pytest.mark.parametrize(
    ("typed", "due", "move"),
    [("0\ny\n", DUE, LetTimePass()), ("0\nn\n", DUE, Stop()), ("0\n", None, Stop())],
)
def test_nought_lets_time_pass_or_stops(typed: str, due: datetime | None, move: object) -> None:
    offers = [offer("Aru", "1", "fill")]
    assert typing(typed, lambda terminal: terminal.next_move(offers, due))[0] == move


def test_without_tasks_and_timers_it_stops() -> None:
    move, screen = typing("", lambda terminal: terminal.next_move([], None))
    assert move == Stop()
    assert screen == "Nothing is left to do, and no timer runs.\n"


def test_a_refusal_is_said_for_each_field() -> None:
    refusal = InvalidSubmission({"iban": {"en": "Check it"}, "": {"en": "Not now"}})
    screen = typing("", lambda terminal: terminal.hear_refusal(refusal))[1]
    assert screen == "  refused: iban: Check it\n  refused: form: Not now\n"
