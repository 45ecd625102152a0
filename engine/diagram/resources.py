"""The JSON files that come with a diagram: read once, whatever asks for them.

`<key>/forms/*.json` are forms, `<key>/statuses.json` the statuses of an application,
`<key>/actions.json` what they allow, `<key>/waiting.json` what is read while it waits,
`<key>/tasks.json` what tasks are called for whoever does them, `<key>/documents.json` what its
documents are called, the file that the process property `map` names is the functional map, tables
of dated rows are the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.forms import LANGUAGES


class UnreadableJson(ValueError):
    """A file is not JSON; `line` says where."""

    def __init__(self, reason: str, line: int | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class MapRow:
    """A row of a functional map: its number ("2.2") and names by language."""

    number: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class FunctionalMap:
    """A functional map: its code ("FK-B.03") and its rows in order."""

    code: str
    rows: tuple[MapRow, ...]


@lru_cache(maxsize=512)
def parse_json(data: bytes) -> object:
    """The value in a JSON file. Raises UnreadableJson. The value is shared: never change it."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise UnreadableJson(error.msg, error.lineno) from None
    except UnicodeDecodeError:
        raise UnreadableJson("not in UTF-8", None) from None
    except RecursionError:
        raise UnreadableJson("nested too deeply", None) from None


def _refuse_constant(constant: str) -> object:
    raise UnreadableJson(f"{constant} is no JSON", None)


def read_status_codes(data: bytes) -> frozenset[str]:
    """The codes of a statuses file: `{code: {…}}`. Raises UnreadableJson."""
    return frozenset(_statuses(data))


def _statuses(data: bytes) -> Mapping[str, Mapping[str, Any]]:
    value = parse_json(data)
    if not isinstance(value, Mapping) or not all(
        isinstance(status, Mapping) for status in value.values()
    ):
        raise UnreadableJson("expected an object of statuses by their code", None)
    return value


def read_document_names(data: bytes) -> Mapping[str, Mapping[str, str]]:
    """What documents are called: `{"documents": {variable or kind: {"kk", "ru", "en"}}}`.

    Raises UnreadableJson.
    """
    value = parse_json(data)
    named = value.get("documents") if isinstance(value, Mapping) else None
    if not isinstance(named, Mapping):
        raise UnreadableJson('expected {"documents": {…}}', None)
    for kind, names in named.items():
        _require_names(names, f"document {kind}")
    return named


def read_allowed(data: bytes) -> Mapping[str, Sequence[str]]:
    """The codes of actions that each status of a statuses file allows. Raises UnreadableJson."""
    allowed = {code: status.get("allows", []) for code, status in _statuses(data).items()}
    for code, actions in allowed.items():
        if not isinstance(actions, list) or not all(isinstance(each, str) for each in actions):
            raise UnreadableJson(f"expected status {code} to allow a list of codes", None)
    return allowed


_OF_ACTION = frozenset({"names", "tasks", "message", "asks"})
_OF_TASK = frozenset({"element", "process", "holding", "values", "chosen", "first"})


def read_actions(data: bytes) -> Mapping[str, Mapping[str, Any]]:
    """The actions of a file by code: `{code: {"names", "tasks" or "message", "asks"}}`.

    Raises UnreadableJson.
    """
    value = parse_json(data)
    if not isinstance(value, Mapping):
        raise UnreadableJson("expected an object of actions by their code", None)
    for code, action in value.items():
        if not isinstance(action, Mapping):
            raise UnreadableJson(f"expected action {code} to be an object", None)
        _require_known(action, _OF_ACTION, f"action {code}")
        _require_names(action.get("names"), f"action {code}")
        if "asks" in action:
            _require_names(action["asks"], f"what action {code} asks")
        if not isinstance(action.get("message", ""), str):
            raise UnreadableJson(f"expected the message of action {code} to be a name", None)
        tasks = action.get("tasks", [])
        if not isinstance(tasks, list):
            raise UnreadableJson(f"expected the tasks of action {code} to be a list", None)
        for task in tasks:
            _require_task(task, code)
    return value


def _require_task(task: object, code: str) -> None:
    where = f"a task of action {code}"
    if not isinstance(task, Mapping) or not isinstance(task.get("element"), str):
        raise UnreadableJson(f"expected {where} to name its element", None)
    _require_known(task, _OF_TASK, where)
    if not isinstance(task.get("values", {}), Mapping):
        raise UnreadableJson(f"expected the values of {where} to be an object", None)
    chosen = task.get("chosen", {})
    if not isinstance(chosen, Mapping) or not all(isinstance(v, str) for v in chosen.values()):
        raise UnreadableJson(f"expected what is chosen at {where} to be texts by field", None)
    if "process" in task and not (
        isinstance(task["process"], str) and isinstance(task.get("holding"), str)
    ):
        raise UnreadableJson(
            f"expected {where} that is of another process to name it and what it is held by", None
        )


def read_texts_by_element(data: bytes) -> Mapping[str, Mapping[str, str]]:
    """What is read at an element, while a case waits or for whoever does the task there:
    `{element: {"kk", "ru", "en"}}`.

    Raises UnreadableJson.
    """
    value = parse_json(data)
    if not isinstance(value, Mapping):
        raise UnreadableJson("expected an object of texts by element", None)
    for element, names in value.items():
        _require_names(names, f"what is read at {element}")
    return value


def _require_known(given: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for keyword in sorted(given.keys() - known):
        raise UnreadableJson(f"{where} has {keyword}, which has no meaning", None)


def _require_names(names: object, what: str) -> None:
    if not isinstance(names, Mapping) or not all(
        isinstance(names.get(language), str) and names[language].strip() for language in LANGUAGES
    ):
        raise UnreadableJson(f"expected {what} to be named in three languages", None)


def read_map(data: bytes) -> FunctionalMap:
    """A functional map: `{"code": "FK-B.03", "rows": [{"row": "1.1", "kk", "ru", "en"}]}`.

    Raises UnreadableJson.
    """
    value = parse_json(data)
    code = value.get("code") if isinstance(value, Mapping) else None
    rows = value.get("rows") if isinstance(value, Mapping) else None
    if not isinstance(code, str) or not isinstance(rows, list):
        raise UnreadableJson('expected {"code": …, "rows": […]}', None)
    return FunctionalMap(code, tuple(_row(row) for row in rows))


def _row(row: object) -> MapRow:
    number = row.get("row") if isinstance(row, Mapping) else None
    if not isinstance(row, Mapping) or not isinstance(number, str):
        raise UnreadableJson("expected each row of the map to have a number", None)
    names = {language: row[language] for language in LANGUAGES if language in row}
    if not all(isinstance(name, str) for name in names.values()):
        raise UnreadableJson(f"expected the names of row {number} to be texts", None)
    return MapRow(number, names)
