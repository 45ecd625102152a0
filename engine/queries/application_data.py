"""Data files of a process application that pages show: statuses, the rows of its map."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definitions import LANGUAGES, Definition
from engine.diagram import read_map
from engine.queries.names import Names

STATUSES = "statuses"
ACTIONS = "actions"
WAITING = "waiting"


@dataclass(frozen=True)
class Status:
    """A status in words. `tone` is info, good, bad or wait; `allows` are codes of presses."""

    code: str
    names: Names
    allows: tuple[str, ...]
    tone: str


@dataclass(frozen=True)
class MapRow:
    """A row of the functional map, as "2.2"; one without a dot is a stage. `stage` is the row of
    its stage, as "2"."""

    row: str
    names: Names
    is_stage: bool
    stage: str


@dataclass(frozen=True)
class ActionTask:
    """A user task that an action leads to. With `values` the action completes it with them;
    `chosen` are values that are ticked already on its page.

    `process_id`: of another process than the case's own, in the case whose variable `holding` holds
    this one's business key. `is_first`: the task comes before the action.
    """

    element_id: str
    process_id: str | None = None
    holding: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    is_first: bool = False


@dataclass(frozen=True)
class Action:
    """What a status allows, in words, and how it is done: by one of these tasks, the first that is
    open, or by a message with the case's business key. `asks` is what to confirm before it."""

    code: str
    names: Names
    tasks: tuple[ActionTask, ...]
    message: str | None
    asks: Names


def actions_of(definition: Definition) -> dict[str, Action]:
    """The actions by code, from `<key>/actions.json`; empty without such a file."""
    data: Mapping[str, Mapping[str, Any]] = definition.data(ACTIONS) or {}
    return {
        code: Action(
            code,
            dict(each.get("names", {})),
            tuple(_action_task(task) for task in each.get("tasks", ())),
            each.get("message"),
            dict(each.get("asks", {})),
        )
        for code, each in data.items()
    }


def _action_task(task: Mapping[str, Any]) -> ActionTask:
    return ActionTask(
        element_id=task["element"],
        process_id=task.get("process"),
        holding=task.get("holding", ""),
        values=dict(task.get("values", {})),
        chosen=dict(task.get("chosen", {})),
        is_first=task.get("first", False),
    )


def waiting_texts_of(definition: Definition) -> dict[str, Names]:
    """What a party reads while its case waits at an element, from `<key>/waiting.json`.

    `{place}` is the place in the list of the unit.
    """
    data: Mapping[str, Names] = definition.data(WAITING) or {}
    return dict(data)


def statuses_of(definition: Definition) -> dict[str, Status]:
    """The statuses by code, from `<key>/statuses.json`; empty without such a file."""
    data: Mapping[str, Mapping[str, Any]] = definition.data(STATUSES) or {}
    return {
        code: Status(
            code,
            dict(each.get("names", {})),
            tuple(each.get("allows", ())),
            str(each.get("tone", "info")),
        )
        for code, each in data.items()
    }


def map_rows_of(definition: Definition) -> tuple[MapRow, ...]:
    """The rows of the map that the process names, in order; empty where it names none."""
    name = definition.facts.map_file
    content = definition.resources.get(f"{definition.diagram.key}/{name}")
    if name is None or content is None:
        return ()
    return tuple(
        MapRow(row.number, row.names, "." not in row.number, row.number.partition(".")[0])
        for row in read_map(content).rows
    )


def source_names(definition: Definition, sources: Collection[str]) -> tuple[Names, ...]:
    """Sources as people read them: rows under the map's shown code, others by the map's names."""
    if not sources:
        return ()
    name = definition.facts.map_file or ""
    data: Mapping[str, Any] = definition.data(name.removesuffix(".json")) or {}
    known = {each["key"]: each["names"] for each in data.get("sources", ())}
    code, shown = data.get("code"), data.get("shown_code", {})
    return tuple(known.get(source) or _shown(source, code, shown) for source in sources)


def _shown(source: str, code: str | None, shown: Names) -> Names:
    if code is None or not source.startswith(f"{code} "):
        return dict.fromkeys(LANGUAGES, source)
    row = source.removeprefix(code)
    return {language: shown.get(language, code) + row for language in LANGUAGES}
