"""What a walk asks of whoever guides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.errors import InvalidSubmission
from engine.forms import Form
from engine.queries.task_list import TaskRow
from web.people import Person

Values = Mapping[str, object]


@dataclass(frozen=True)
class Offer:
    """An open task, with someone who may do it."""

    person: Person
    task: TaskRow


@dataclass(frozen=True)
class LetTimePass:
    """The clock goes to when the next timer is due."""


@dataclass(frozen=True)
class Stop:
    """Nothing more is done."""


Move = Offer | LetTimePass | Stop


class Guide(Protocol):
    """Says who does what, and with which answers."""

    @property
    def begins_at(self) -> datetime | None:
        """What the clock shows at the start; None: the machine's."""

    @property
    def starter(self) -> str | None:
        """Who starts the process; None: the first person who may."""

    def start_values(self, form: Form | None) -> Values:
        """The values of the start form."""

    def next_move(self, offers: Sequence[Offer], next_due: datetime | None) -> Move:
        """What is done now. Raises BadCommand where what is wanted is not there."""

    def task_values(self, form: Form | None, standing: Values) -> Values:
        """The values of the task that was chosen; `standing` are those its form begins with."""

    def hear_refusal(self, refused: InvalidSubmission) -> None:
        """The values were refused. Raises the refusal where nothing else can be tried."""
