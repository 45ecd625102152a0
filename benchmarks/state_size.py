"""Bytes of token state of FK-B.03, at every wait state that a long way through it passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import and_, select, true

from benchmarks.ours import Clock, Ours, instances, open_deployed
from benchmarks.walking import to_the_vacancy
from engine import ProcessEngine
from engine.commands import Command
from engine.identity import Actor
from engine.store.tables import event_subscription, job, user_task

AIM = 1024
"""Bytes that no state of FK-B.03 should pass."""

_OPEN = (
    (user_task, user_task.c.state == "open"),
    (job, true()),
    (event_subscription, true()),
)


class WatchingEngine(ProcessEngine):
    """An engine that looks at every token state after each command.

    `sizes` maps what was waited for, as (process, element, …), to the bytes of the state then.
    """

    def __init__(self, engine: ProcessEngine) -> None:
        super().__init__(engine.database, engine.surroundings)
        self.sizes: dict[tuple[str, ...], int] = {}

    def execute(self, command: Command, actor: Actor) -> Any:
        result = super().execute(command, actor)
        for row in instances(self):
            if row.token_state is not None:
                state = (row.process_id, *sorted(self._waits(row.id)))
                self.sizes[state] = max(self.sizes.get(state, 0), len(row.token_state))
        return result

    def _waits(self, instance_id: str) -> list[str]:
        with self.database.reading() as connection:
            return [
                element_id
                for table, condition in _OPEN
                for element_id in connection.execute(
                    select(table.c.element_id).where(
                        and_(table.c.instance_id == instance_id, condition)
                    )
                ).scalars()
            ]


def wait_states(folder: Path) -> Mapping[tuple[str, ...], int]:
    """Bytes of each state on the way to a filled vacancy."""
    clock = Clock()
    engine = WatchingEngine(open_deployed(folder / "states.sqlite", form_bytes=0, clock=clock))
    to_the_vacancy(Ours(engine), clock, form_bytes=0)
    engine.close()
    return engine.sizes


def report(folder: Path, _quick: bool) -> Iterator[str]:
    """The figures in words."""
    sizes = wait_states(folder)
    yield f"{len(sizes)} wait states of FK-B.03, at most {max(sizes.values())} bytes (aim {AIM}):"
    for (process_id, *elements), size in sorted(sizes.items(), key=lambda found: -found[1]):
        yield f"    {size:4} {process_id}: {', '.join(elements)}"
