"""What was answered in earlier tasks, as a later one shows it: in words, with who and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.queries.instance_detail import InstanceDetail
from engine.queries.steps import Step
from engine.queries.task_detail import TaskDetail
from web.answers import Fact, facts_of
from web.language import language


@dataclass(frozen=True)
class EarlierAnswers:
    """The answers of the newest round of a task; `who` gave them, and when."""

    title: str
    facts: list[Fact]
    who: str | None
    at: datetime | None


def earlier_answers(task: TaskDetail, instance: InstanceDetail) -> list[EarlierAnswers]:
    """Those of the tasks that `task` shows and that were completed, in its order."""
    found = []
    for shown in task.shows:
        step = _last_done(instance.steps, shown.element_id)
        facts = facts_of(shown.form.fields, task.variables)
        if step is not None and facts:
            found.append(
                EarlierAnswers(shown.form.title(language()), facts, step.who, step.ended_at)
            )
    return found


def _last_done(steps: Iterable[Step], element_id: str) -> Step | None:
    """The newest completion of a task."""
    done = [each for each in steps if each.element_id == element_id and each.outcome == "completed"]
    return max(done, key=lambda each: each.ended_at or each.started_at, default=None)
