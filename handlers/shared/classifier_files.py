"""Files of classifiers: CSV or JSON, read strictly. A bad file names its lines.

CSV has a head line with `code` and names in `kk`, `ru`, `en`, and may have `parent` and `level`;
every other column is an attribute. It is divided by `;`, `,` or tabs. JSON is a list of objects
with the same names, or `{"source": …, "entries": […]}`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.errors import EngineError
from handlers.shared.classifier_structure import STRUCTURES
from handlers.shared.classifiers import Edition, Entry
from handlers.shared.texts import LANGUAGES

_OWN = frozenset({"code", "parent", "level", *LANGUAGES})
_CODE = re.compile(r"\S{1,64}")
_MOST_NAMED = 50
_MOST_BYTES = 64 * 1024 * 1024
_BAD_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\ufffd]")


class ClassifierRefused(EngineError):
    """The file is no edition of the classifier; `problems` name its lines. Nothing was changed."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        shown = problems[:_MOST_NAMED]
        if len(problems) > _MOST_NAMED:
            shown.append(f"and {len(problems) - _MOST_NAMED} more")
        super().__init__("\n  ".join(["Expected a classifier, but nothing was imported:", *shown]))


@dataclass(frozen=True)
class ClassifierFile:
    """The entries of a file, and the source that it names itself."""

    entries: tuple[Entry, ...]
    source: str = ""


def read_classifier(name: str, data: bytes) -> ClassifierFile:
    """Reads a file of the classifier `name`. Raises ClassifierRefused with everything wrong."""
    if len(data) > _MOST_BYTES:
        raise ClassifierRefused([f"the file is larger than {_MOST_BYTES // 1024 // 1024} MB"])
    text = _decoded(data)
    is_json = text.lstrip()[:1] in ("{", "[")
    rows, source = _json_rows(text) if is_json else (_csv_rows(text), "")
    problems: list[str] = []
    entries: dict[str, tuple[str, Entry]] = {}
    for place, row in rows:
        entry = _entry(place, row, problems)
        if entry is None:
            continue
        if entry.code in entries:
            first = entries[entry.code][0]
            problems.append(f"{place}: the code {entry.code} is on {first} already")
        else:
            entries[entry.code] = (place, entry)
    if not entries and not problems:
        problems.append("there is no entry in the file")
    structure = STRUCTURES.get(name)
    if structure is not None:
        entries = structure.completed(entries)
        problems += structure.problems(entries)
    problems += _parent_problems(entries)
    if problems:
        raise ClassifierRefused(problems)
    return ClassifierFile(tuple(entry for _place, entry in entries.values()), source)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "; it looks like Windows-1251, save it as UTF-8" if _is_cyrillic(data) else ""
        raise ClassifierRefused([f"line {line}: not UTF-8{hint}"]) from error


def _is_cyrillic(data: bytes) -> bool:
    """Whether most bytes above ASCII are letters of Windows-1251."""
    high = [byte for byte in data if byte > 127]
    return bool(high) and sum(byte >= 0xC0 for byte in high) > len(high) * 0.8


def _csv_rows(text: str) -> list[tuple[str, Mapping[str, Any]]]:
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [] if "code" in names else ["line 1: there is no column code"]
    if not set(LANGUAGES) & set(names):
        missing.append("line 1: there is no column with names: kk, ru or en")
    missing += [f"line 1: the column {name} is there twice" for name in _repeated(names)]
    if missing:
        raise ClassifierRefused(missing)
    reader.fieldnames = names
    rows: list[tuple[str, Mapping[str, Any]]] = []
    try:
        for row in reader:
            place = f"line {reader.line_num}"
            if None in row:
                raise ClassifierRefused([f"{place}: more columns than the head line names"])
            rows.append((place, row))
    except csv.Error as error:
        raise ClassifierRefused([f"line {reader.line_num}: {error}"]) from error
    return rows


def _repeated(names: list[str]) -> Iterator[str]:
    return iter(sorted({name for name in names if names.count(name) > 1}))


def _json_rows(text: str) -> tuple[list[tuple[str, Mapping[str, Any]]], str]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ClassifierRefused([f"not JSON: {error}"]) from error
    listed = content.get("entries") if isinstance(content, dict) else content
    source = content.get("source", "") if isinstance(content, dict) else ""
    if not isinstance(listed, list):
        raise ClassifierRefused(["entries are missing: a list of objects with code and names"])
    rows: list[tuple[str, Mapping[str, Any]]] = []
    for number, row in enumerate(listed, 1):
        if not isinstance(row, dict):
            raise ClassifierRefused([f"entry {number}: not an object"])
        rows.append((f"entry {number}", row))
    return rows, str(source)


def _entry(place: str, row: Mapping[str, Any], problems: list[str]) -> Entry | None:
    code = _text(row.get("code"))
    if not _CODE.fullmatch(code):
        problems.append(f"{place}: the code is {code!r}, expected up to 64 characters, no spaces")
        return None
    names = {language: _text(row.get(language)) for language in LANGUAGES if row.get(language)}
    if not names.get("kk") and not names.get("ru"):
        problems.append(f"{place}: {code} has no name in kk or ru")
        return None
    bad = [language for language, name in names.items() if _BAD_CHARACTERS.search(name)]
    if bad:
        problems.append(f"{place}: {code} has broken characters in its name ({', '.join(bad)})")
        return None
    given = {
        key: value for key, value in row.items() if key not in _OWN and value not in ("", None)
    }
    return Entry(
        code=code,
        names=names,
        parent=_text(row.get("parent")) or None,
        level=_text(row.get("level")) or None,
        attributes=given,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _parent_problems(entries: Mapping[str, tuple[str, Entry]]) -> Iterator[str]:
    for place, entry in entries.values():
        if entry.parent is not None and entry.parent not in entries:
            yield f"{place}: {entry.code} is below {entry.parent}, which is not in the file"
        elif _is_below_itself(entry, entries):
            yield f"{place}: {entry.code} is below itself"


def _is_below_itself(entry: Entry, entries: Mapping[str, tuple[str, Entry]]) -> bool:
    seen = {entry.code}
    parent = entry.parent
    while parent is not None and parent in entries:
        if parent == entry.code:
            return True
        if parent in seen:
            return False
        seen.add(parent)
        parent = entries[parent][1].parent
    return False


def read_shipped(folder: Path) -> list[tuple[Edition, str, bytes]]:
    """The editions in a folder of JSON files, with their sources and bytes.

    Each says from when it is valid (`valid_from`). Raises ClassifierRefused.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        data = path.read_bytes()
        file = read_classifier(path.stem, data)
        valid_from = date.fromisoformat(json.loads(data)["valid_from"])
        found.append((Edition(path.stem, valid_from, file.entries), file.source, data))
    return found
