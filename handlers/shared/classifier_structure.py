"""What the codes of some classifiers tell by themselves, and what must hold for them.

KATO (НК РК 11): nine digits `ab cd ef hij`: region, district, rural district or town, settlement;
what stands below a code begins with its digits. Banks are known by their BIC (ISO 9362).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.identifiers import is_bic, is_kato
from handlers.shared.classifiers import Entry

Entries = Mapping[str, tuple[str, Entry]]
"""Entries by code, each with the place in the file that names it."""

KATO, BANKS = "kato", "banks"
REGION, DISTRICT, RURAL_DISTRICT, SETTLEMENT = (
    "region", "district", "rural_district", "settlement",
)  # fmt: skip
KATO_LEVELS = frozenset({REGION, DISTRICT, RURAL_DISTRICT, SETTLEMENT})

_GROUPS = ((0, 2), (2, 4), (4, 6), (6, 7), (7, 9))


@dataclass(frozen=True)
class Structure:
    """completed: the entries with what their codes tell. problems: what can't be, in sentences."""

    completed: Callable[[Entries], dict[str, tuple[str, Entry]]]
    problems: Callable[[Entries], list[str]]


def _kato_completed(entries: Entries) -> dict[str, tuple[str, Entry]]:
    """Parents and levels where the file leaves them out: the digits tell both."""
    with_parents = {
        code: (place, replace(entry, parent=entry.parent or _nearest(code, entries)))
        for code, (place, entry) in entries.items()
    }
    parents = {entry.parent for _place, entry in with_parents.values()}
    return {
        code: (place, replace(entry, level=entry.level or _kato_level(entry, code in parents)))
        for code, (place, entry) in with_parents.items()
    }


def _significant(code: str) -> str:
    """The digits up to the last group that is not zero."""
    ends = [end for begin, end in _GROUPS if int(code[begin:end])]
    return code[: ends[-1]] if ends else ""


def _nearest(code: str, entries: Entries) -> str | None:
    """The nearest territory in the file that this one lies in."""
    if not is_kato(code):
        return None
    own = _significant(code)
    for _begin, end in reversed(_GROUPS):
        above = code[:end].ljust(9, "0")
        if end < len(own) and above != code and above in entries:
            return above
    return None


def _kato_level(entry: Entry, has_children: bool) -> str | None:
    code = entry.code
    if not is_kato(code):
        return None
    if code[2:] == "0000000":
        return REGION
    if code[4:] == "00000":
        return DISTRICT
    if code[6:] != "000":
        return SETTLEMENT
    if entry.parent is not None and entry.parent[2:] == "0000000":
        return DISTRICT
    return RURAL_DISTRICT if has_children else SETTLEMENT


def _kato_problems(entries: Entries) -> list[str]:
    return [problem for place, entry in entries.values() for problem in _kato_wrong(place, entry)]


def _kato_wrong(place: str, entry: Entry) -> Iterator[str]:
    code, parent = entry.code, entry.parent
    if not is_kato(code):
        yield f"{place}: {code} is no KATO code: nine digits, the first two a region"
        return
    if entry.level not in KATO_LEVELS:
        levels = ", ".join(sorted(KATO_LEVELS))
        yield f"{place}: {code} has the level {entry.level}, expected {levels}"
    if parent is None:
        if code[2:] != "0000000":
            yield f"{place}: {code} lies in no territory of the file"
    elif is_kato(parent) and not _lies_in(code, parent):
        yield f"{place}: {code} can't be below {parent}: its digits are of another territory"


def _lies_in(code: str, parent: str) -> bool:
    return code != parent and code.startswith(_significant(parent))


def _unchanged(entries: Entries) -> dict[str, tuple[str, Entry]]:
    return dict(entries)


def _bank_problems(entries: Entries) -> list[str]:
    return [
        f"{place}: {entry.code} is no BIC: 8 or 11 characters"
        for place, entry in entries.values()
        if not is_bic(entry.code)
    ]


STRUCTURES: Mapping[str, Structure] = {
    KATO: Structure(_kato_completed, _kato_problems),
    BANKS: Structure(_unchanged, _bank_problems),
}
"""By the name of the classifier; others have no structure of their own."""
