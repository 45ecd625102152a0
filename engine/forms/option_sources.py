"""Where values to choose from come from that are not in the form: `x-options` names a classifier or
a dated table.

    "x-options": {"classifier": "kato", "level": "district", "parent": "region"}
    "x-options": {"table": "windows"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

OPTIONS = "x-options"
TABLE = "table"

_KEYWORDS = frozenset({"classifier", "level", "parent", "fills", "shows-code", "code-in"})
_CODE_IN = frozenset({"field", "attribute", "at"})
_WHOLE_DIGITS = 15


@dataclass(frozen=True)
class CodeIn:
    """A field whose number holds a code of what was chosen: its `attribute`, from the
    character `at` on, the first being 1.
    """

    field: str
    attribute: str
    at: int

    def is_held(self, attributes: Mapping[str, object], number: str) -> bool:
        """Whether the number holds the code of an entry with these attributes."""
        code = attributes.get(self.attribute)
        return isinstance(code, str) and code != "" and number.startswith(code, self.at - 1)


@dataclass(frozen=True)
class ChoiceSource:
    """Where a field's options come from.

    classifier: by its name. level: only entries of this level. parent: the field before it whose
    code the entries are below. fills: fields that take the name of what was chosen, with the
    language of each. shows_code: the code is shown beside the name. code_in: the field whose number
    must not hold the code of another choice.
    """

    classifier: str
    level: str | None = None
    parent: str | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    shows_code: bool = False
    code_in: CodeIn | None = None


@dataclass(frozen=True)
class TableSource:
    """The dated table (`fk_b03/windows`) whose keys in force are a field's options.

    is_number: the field takes the keys as whole numbers; keys that are none are not offered.
    """

    name: str
    is_number: bool = False

    def value_of(self, text: str) -> object:
        """A key, or what was posted of one, as the field takes it; the text where it can't."""
        if self.is_number and text.isascii() and text.isdigit() and len(text) <= _WHOLE_DIGITS:
            return int(text)
        return text


def read_source(schema: Mapping[str, object]) -> ChoiceSource | None:
    """The source of a field's schema, which has no problems."""
    given = cast("Mapping[str, Any] | None", schema.get(OPTIONS))
    if given is None or TABLE in given:
        return None
    return ChoiceSource(
        classifier=given["classifier"],
        level=given.get("level"),
        parent=given.get("parent"),
        fills=dict(given.get("fills", {})),
        shows_code=given.get("shows-code") is True,
        code_in=CodeIn(**given["code-in"]) if "code-in" in given else None,
    )


def read_table(schema: Mapping[str, object], folder: str) -> TableSource | None:
    """The table of a field's schema, which has no problems.

    `folder` is that of the form's process application: tables are named within it.
    """
    given = cast("Mapping[str, Any] | None", schema.get(OPTIONS))
    if given is None or TABLE not in given:
        return None
    name = f"{folder}/{given[TABLE]}" if folder else str(given[TABLE])
    return TableSource(name, is_number=schema.get("type") == "integer")


def source_problems(
    name: str,
    schema: Mapping[str, object],
    before: Mapping[str, object],
    properties: Mapping[str, object],
) -> Iterator[str]:
    """What is wrong with `x-options` of a field, in sentences; `before` are the fields above it."""
    if OPTIONS not in schema:
        return
    given = schema[OPTIONS]
    if isinstance(given, dict) and TABLE in given:
        yield from _table_problems(name, schema, given)
        return
    if not isinstance(given, dict) or not isinstance(given.get("classifier"), str):
        yield (
            f"{name}: {OPTIONS} must name a classifier or a dated table, "
            'as {"classifier": "kato"} or {"table": "windows"}'
        )
        return
    for keyword in sorted(set(given) - _KEYWORDS):
        yield f"{name}: {OPTIONS}: {keyword} has no meaning"
    if schema.get("type") != "string":
        yield f"{name}: {OPTIONS} needs the type string: codes are texts"
    if "oneOf" in schema or "enum" in schema:
        yield f"{name}: {OPTIONS} and oneOf can't both say what there is to choose"
    if not isinstance(given.get("level", ""), str):
        yield f"{name}: {OPTIONS}: level must be a text"
    parent = given.get("parent")
    if parent is not None and parent not in before:
        yield f"{name}: {OPTIONS}: parent names {parent}, which is no field before it"
    fills = given.get("fills", {})
    if not isinstance(fills, dict):
        yield f"{name}: {OPTIONS}: fills must map a field to a language"
        return
    for target in fills:
        if target not in properties:
            yield f"{name}: {OPTIONS}: fills names {target}, which is no field"
    if "code-in" in given:
        yield from _code_in_problems(name, given["code-in"], properties)


def _table_problems(
    name: str, schema: Mapping[str, object], given: Mapping[str, object]
) -> Iterator[str]:
    table = given[TABLE]
    if not isinstance(table, str) or not re.fullmatch(r"\w+", table):
        yield f"{name}: {OPTIONS}: table must be the name of a file beside the diagram, as windows"
    for keyword in sorted(set(given) - {TABLE}):
        yield f"{name}: {OPTIONS}: {keyword} has no meaning beside table"
    if schema.get("type") not in ("string", "integer"):
        yield f"{name}: {OPTIONS} of a table needs the type string or integer"
    if "oneOf" in schema or "enum" in schema:
        yield f"{name}: {OPTIONS} and oneOf can't both say what there is to choose"


def _code_in_problems(name: str, given: object, properties: Mapping[str, object]) -> Iterator[str]:
    if (
        not isinstance(given, dict)
        or set(given) != _CODE_IN
        or not isinstance(given["attribute"], str)
        or not isinstance(given["at"], int)
        or given["at"] < 1
    ):
        yield (
            f"{name}: {OPTIONS}: code-in must be as "
            '{"field": "iban", "attribute": "bank_code", "at": 5}'
        )
    elif given["field"] not in properties:
        yield f"{name}: {OPTIONS}: code-in names {given['field']}, which is no field"
