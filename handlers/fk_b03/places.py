"""How many subsidised places an enterprise may ask for.

`max(0, floor(listed headcount × rate) − places already applied for or contracted this year)`:
a reading; S0 says only that it depends on the headcount and the measure.
The tables of `fk_b03/measures.dmn`. The sum that is shown before the form is a task of the diagram
(`offer_places`); here is what one application may ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.fk_b03.application import Application
from handlers.fk_b03.decisions import AnswerUnusable, Decide, DecidedBy, answer_of

DECISION = "fk_b03_places"


@dataclass(frozen=True)
class Room:
    """What is left for an application.

    `left` is None for one outside the rate: it is not limited and not counted.
    """

    headcount: int
    taken: int
    left: int | None
    decided_by: DecidedBy

    @property
    def is_limited(self) -> bool:
        """Whether places of this application are limited, and count against the limit."""
        return self.left is not None

    def holds(self, places: int) -> bool:
        """Whether so many places may be asked for."""
        return self.left is None or places <= self.left


def room_for(decide: Decide, application: Application, taken: int, day: date) -> Room:
    """The room on the day; `taken` are the places that the enterprise's other applications hold.

    Raises DecisionFailed, AnswerUnusable.
    """
    inputs = {
        "День подачи": day.isoformat(),
        "Форма предприятия": application.legal_form,
        "Мера": application.measure,
        "Для студентов": application.for_students,
        "Для лиц с инвалидностью": application.for_disabled,
        "Списочная численность": application.listed_headcount,
        "Занято мест": taken,
    }
    answer, decided_by = answer_of(decide, DECISION, inputs)
    left = answer["left"]
    if answer["is_limited"] is not False and not isinstance(left, int):
        raise AnswerUnusable(
            f"Expected decision {DECISION} to say how many places are left, but it gave {answer}"
        )
    return Room(application.listed_headcount, taken, left, decided_by)
