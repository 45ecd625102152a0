"""The JSON files that come with a diagram: read once, whatever asks for them.

`<key>/forms/*.json` are forms, `<key>/statuses.json` the statuses of an application,
`<key>/documents.json` what its documents are called, the file that the process property `map` names
is the functional map, tables of dated rows are the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

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
    value = parse_json(data)
    if not isinstance(value, Mapping) or not all(
        isinstance(status, Mapping) for status in value.values()
    ):
        raise UnreadableJson("expected an object of statuses by their code", None)
    return frozenset(value)


def read_document_names(data: bytes) -> Mapping[str, Mapping[str, str]]:
    """What documents are called: `{"documents": {variable or kind: {"kk", "ru", "en"}}}`.

    Raises UnreadableJson.
    """
    value = parse_json(data)
    named = value.get("documents") if isinstance(value, Mapping) else None
    if not isinstance(named, Mapping):
        raise UnreadableJson('expected {"documents": {…}}', None)
    for kind, names in named.items():
        if not isinstance(names, Mapping) or not all(
            isinstance(names.get(language), str) and names[language].strip()
            for language in LANGUAGES
        ):
            raise UnreadableJson(f"expected document {kind} to be named in three languages", None)
    return named


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
