"""Which of the names there are may be meant by one that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from engine.problems import ByLanguage, Wording

MOST_NAMES = 3
"""Names that are offered instead of one."""

_END = Wording(en=".", ru=".", kk=".")
_MEANT = Wording(
    en=": did you mean {names}?",
    ru=": возможно, имелось в виду {names}?",
    kk=": {names} дегіңіз келді ме?",
)
_OR = ByLanguage(en=" or ", ru=" или ", kk=" не ")


def near_names(name: str, others: Iterable[str], most: int = MOST_NAMES) -> list[str]:
    """Those of the other names that are like this one, however it is spelt; the likest first."""
    by_spelling = {_plain(each): each for each in sorted(others, reverse=True)}
    return [by_spelling[each] for each in get_close_matches(_plain(name), by_spelling, n=most)]


def or_meant(name: str, others: Iterable[str]) -> ByLanguage:
    """The end of a sentence about a name that is not there, by language: `: did you mean size?`,
    a full stop where no other name is like it."""
    near = near_names(name, others)
    if not near:
        return ByLanguage(_END.fill({}))
    first, last = ", ".join(near[:-1]), near[-1]
    names = {code: f"{first}{word}{last}" if first else last for code, word in _OR.items()}
    return ByLanguage(_MEANT.fill({"names": ByLanguage(names)}))


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("_", " ").split())
