"""The JSON files of a deployment are readable, whether an element names them or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date

from engine.dated import is_table, read_head, value_faults
from engine.diagram.form_schemas import FORM_RULE, form_file_faults, form_tables, is_form
from engine.diagram.problems import Problem, Severity, Wording, make_problem
from engine.diagram.resources import (
    UnreadableJson,
    parse_json,
    read_actions,
    read_allowed,
    read_document_names,
    read_map,
    read_texts_by_element,
)

RULE = "readable-resource"

WORDING = Wording(
    en="Expected {file} to be readable, but {reason}.",
    ru="Ожидалось, что {file} читается, но: {reason}.",
    kk="{file} файлы оқылуы керек, бірақ: {reason}.",
)

FORM = Wording(
    en="Expected {file} to be a form that can be shown in three languages, but {reason}.",
    ru="Ожидалось, что {file} – форма, которую можно показать на трёх языках, но: {reason}.",
    kk="{file} үш тілде көрсетуге болатын форма болуы керек, бірақ: {reason}.",
)


def resource_problems(resources: Mapping[str, bytes]) -> list[Problem]:
    """What is wrong with the JSON files among `resources` (path below `bpmn/` → bytes).

    Every `.json` must parse; forms must be forms that choose from tables that are there, statuses
    have codes, documents names, the map have rows, and the rows of a dated table name days and
    don't contradict each other. `line` is the line in the JSON file, where the parser tells it.
    """
    files = [name for name in sorted(resources) if name.endswith(".json")]
    tables = {name.removesuffix(".json") for name in files if _is_dated(name, resources[name])}
    return [problem for name in files for problem in _problems(name, resources, tables)]


def _problems(name: str, resources: Mapping[str, bytes], tables: Set[str]) -> Iterator[Problem]:
    data = resources[name]
    try:
        value = parse_json(data)
        if name.endswith("/statuses.json"):
            read_allowed(data)
        elif name.endswith("/actions.json"):
            read_actions(data)
        elif name.endswith(("/waiting.json", "/tasks.json")):
            read_texts_by_element(data)
        elif name.endswith("/documents.json"):
            read_document_names(data)
        elif name.endswith("/map.json"):
            read_map(data)
    except UnreadableJson as error:
        yield _problem(name, error.reason, error.line)
        return
    if is_form(name):
        yield from _form_problems(name, resources, tables)
    else:
        for reason in _table_faults(value):
            yield _problem(name, reason, None)
        for reason in _head_faults(value):
            yield _problem(name, reason, None)


def _form_problems(
    name: str, resources: Mapping[str, bytes], tables: Set[str]
) -> Iterator[Problem]:
    """Faults of a form, and fields that choose from a dated table that is not among `tables`."""
    for fault in form_file_faults(name, resources):
        severity: Severity = "error" if fault.is_error else "warning"
        details = {"file": name, "reason": fault.reason}
        yield make_problem(FORM_RULE, FORM, details, severity=severity)
    for field, table in form_tables(name, resources).items():
        if table not in tables:
            reason = f"{field}: x-options: {table}.json is no dated table beside the diagram"
            yield make_problem(FORM_RULE, FORM, {"file": name, "reason": reason})


def _is_dated(name: str, data: bytes) -> bool:
    if name.count("/") != 1:
        return False
    try:
        return is_table(parse_json(data))
    except UnreadableJson:
        return False


def _problem(file: str, reason: str, line: int | None) -> Problem:
    return make_problem(RULE, WORDING, {"file": file, "reason": reason}, line=line)


def _table_faults(value: object) -> Iterator[str]:
    """Faults of a dated table: `{"rows": [{"key", "from", "to", "value"}]}`, days included."""
    rows = value.get("rows") if isinstance(value, Mapping) else None
    if not isinstance(rows, list):
        return
    spans: dict[str, list[tuple[date, date]]] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping) or "from" not in row:
            continue
        try:
            begins, ends = _day(row["from"], date.min), _day(row.get("to"), date.max)
        except ValueError:
            yield f"row {number} has a day that is no ISO date"
            continue
        key = row.get("key")
        if not isinstance(key, str):
            yield f"row {number} has no key"
            continue
        if begins > ends:
            yield f"row {number} ({key}) ends before it begins"
        elif any(begins <= other[1] and other[0] <= ends for other in spans.get(key, ())):
            yield f"row {number} ({key}) is valid on a day on which another row of its key is"
        spans.setdefault(key, []).append((begins, ends))


def _head_faults(value: object) -> Iterator[str]:
    """Faults of a dated table's head, and values that are not what it says they are."""
    if not isinstance(value, Mapping) or not is_table(value):
        return
    try:
        head = read_head(value)
    except (ValueError, TypeError, AttributeError) as error:
        yield f"its head can't be read: {error}"
        return
    for number, row in enumerate(value["rows"], 1):
        description = head.describes(str(row["key"]))
        if description is None or description.options_from is not None:
            continue
        for place, texts in value_faults(description, row.get("value")).items():
            yield f"row {number} ({row['key']}), value {place}".rstrip() + f": {texts['en']}"


def _day(text: object, open_end: date) -> date:
    if text is None:
        return open_end
    if not isinstance(text, str):
        raise ValueError("not a text")
    return date.fromisoformat(text)
