"""A walk that a file tells.

    {
      "now": "2026-03-02T09:00:00+05:00",
      "start": {"who": "employer-1", "values": {"financial_year": 2026}},
      "steps": [
        {"task": "request_check", "who": "employer-1", "values": {"request": "sign"}},
        {"task": "fill_details", "who": "employer-1", "values": {"iban": "KZ86125KZT5004100100"}},
        {"wait": true}
      ]
    }

`task` is an element's id, `values` are what its form gives, typed (not what a browser posts).
Without `who` the first person who may do it does it; `wait` lets time pass to the next timer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from engine.errors import BadCommand, InvalidSubmission
from engine.forms import Form
from web.walk.guide import LetTimePass, Move, Offer, Stop, Values


@dataclass(frozen=True)
class Answer:
    """What is done at one task; `task` None is the start of the process."""

    task: str | None = None
    who: str | None = None
    values: Values = field(default_factory=dict)


class Script:
    """Guides a walk by answers given before, one for each task, in order."""

    def __init__(
        self,
        start: Answer,
        steps: Iterable[Answer | LetTimePass],
        begins_at: datetime | None = None,
    ) -> None:
        self.begins_at = begins_at
        self._start = start
        self._left = deque(steps)
        self._current = start

    @property
    def starter(self) -> str | None:
        """See Guide."""
        return self._start.who

    def start_values(self, form: Form | None) -> Values:
        """See Guide."""
        return self._start.values

    def next_move(self, offers: Sequence[Offer], next_due: datetime | None) -> Move:
        """See Guide."""
        if not self._left:
            return Stop()
        step = self._left.popleft()
        if isinstance(step, LetTimePass):
            return step
        self._current = step
        return self._offered(step, offers)

    def task_values(self, form: Form | None, standing: Values) -> Values:
        """See Guide."""
        return self._current.values

    def hear_refusal(self, refused: InvalidSubmission) -> None:
        """See Guide: a file has no second answer."""
        raise refused

    def _offered(self, step: Answer, offers: Sequence[Offer]) -> Offer:
        for offer in offers:
            if offer.task.element_id == step.task and step.who in (None, offer.person.id):
                return offer
        there = sorted({f"{offer.task.element_id} ({offer.person.id})" for offer in offers})
        wanted = step.task if step.who is None else f"{step.task} ({step.who})"
        raise BadCommand(
            f"Expected an open task {wanted}, but there is {', '.join(there) or 'none'}"
        )


def read_script(path: Path) -> Script:
    """Reads a file of answers. Raises BadCommand for a file that is not one, and says where."""
    try:
        data = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise BadCommand(f"Expected a file of answers, but {path} is not JSON: {error}") from error
    told = _object(data, "the file", {"now", "start", "steps"})
    steps = told.get("steps", [])
    if not isinstance(steps, list):
        raise BadCommand(f"Expected a list of steps, but found {steps!r}")
    return Script(
        _answer(told.get("start", {}), "start", {"who", "values"}),
        [_step(step, f"step {number}") for number, step in enumerate(steps, start=1)],
        _moment(told.get("now")),
    )


def _step(value: Any, place: str) -> Answer | LetTimePass:
    if isinstance(value, dict) and "wait" in value:
        if value != {"wait": True}:
            raise BadCommand(f'Expected {{"wait": true}} in {place}, but found {value!r}')
        return LetTimePass()
    answer = _answer(value, place, {"task", "who", "values"})
    if not isinstance(answer.task, str):
        raise BadCommand(f"Expected {place} to name its task, but it does not")
    return answer


def _answer(value: Any, place: str, known: set[str]) -> Answer:
    told = _object(value, place, known)
    values = _object(told.get("values", {}), f"the values of {place}", None)
    return Answer(told.get("task"), told.get("who"), values)


def _object(value: Any, place: str, known: set[str] | None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadCommand(f"Expected {place} to be an object, but found {value!r}")
    unknown = sorted(value.keys() - known) if known is not None else []
    if unknown:
        raise BadCommand(f"Expected {place} to have no {', '.join(unknown)}, but it has")
    return value


def _moment(text: Any) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise BadCommand(f"Expected now to be an ISO date-time, but found {text!r}") from error
    if moment.tzinfo is None:
        raise BadCommand(f"Expected now to have an offset, as +05:00, but found {text}")
    return moment
