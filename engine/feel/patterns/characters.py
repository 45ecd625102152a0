"""What Unicode says of characters: categories, blocks, names of XML, and case-variants.

Sources: XML Schema part 2, appendix G (categories, blocks, `\\i`, `\\c`, `\\w`); XPath and XQuery
Functions and Operators 3.1, 5.6.1.1 (case-variants). Categories are those of the Unicode version
that Python has, blocks those of Unicode 14 by their names without spaces, and the three names
that XML Schema 1.0 has for blocks which Unicode calls otherwise.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from engine.feel.patterns import ranges
from engine.feel.patterns.ranges import Ranges

_BLOCKS = Path(__file__).with_name("blocks.txt")

_WRITTEN_PLANES = (range(0x40000), range(0xE0000, 0xF0000))
"""Planes that have assigned characters; between them all is unassigned."""
_UNASSIGNED_PLANES = ((0x40000, 0xDFFFF), (0xFFFFE, 0xFFFFF), (0x10FFFE, 0x10FFFF))
_PRIVATE_PLANES = ((0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))

_CASED = range(0x20000)
"""Where characters of two cases are."""

_CATEGORIES = {
    "L": "ultmo",
    "M": "nce",
    "N": "dlo",
    "P": "cdseifo",
    "Z": "slp",
    "S": "mcko",
    "C": "cfon",
}
"""First letters of categories → their second letters."""

_NAME_START = ranges.joined(
    [
        (0x3A, 0x3A),
        (0x41, 0x5A),
        (0x5F, 0x5F),
        (0x61, 0x7A),
        (0xC0, 0xD6),
        (0xD8, 0xF6),
        (0xF8, 0x2FF),
        (0x370, 0x37D),
        (0x37F, 0x1FFF),
        (0x200C, 0x200D),
        (0x2070, 0x218F),
        (0x2C00, 0x2FEF),
        (0x3001, 0xD7FF),
        (0xF900, 0xFDCF),
        (0xFDF0, 0xFFFD),
        (0x10000, 0xEFFFF),
    ]
)
_NAME = ranges.joined(
    [
        *_NAME_START,
        (0x2D, 0x2E),
        (0x30, 0x39),
        (0xB7, 0xB7),
        (0x300, 0x36F),
        (0x203F, 0x2040),
    ]
)
_SPACE: Ranges = ((0x9, 0xA), (0xD, 0xD), (0x20, 0x20))

NEITHER_LINE_END = ranges.complement(((0xA, 0xA), (0xD, 0xD)))
"""What `.` stands for without the flag `s`."""


@cache
def shorthand(letter: str) -> Ranges | None:
    """The characters of `\\s`, `\\i`, `\\c`, `\\d` and `\\w`, and of their capitals all others."""
    if letter.isupper():
        positive = shorthand(letter.lower())
        return None if positive is None else ranges.complement(positive)
    if letter == "s":
        return _SPACE
    if letter == "i":
        return _NAME_START
    if letter == "c":
        return _NAME
    if letter == "d":
        return _by_category()["Nd"]
    if letter == "w":
        named = _by_category()
        return ranges.complement(ranges.joined((*named["P"], *named["Z"], *named["C"])))
    return None


def named(name: str) -> Ranges | None:
    """The characters of `\\p{name}`: a category (`Lu`, `L`) or a block (`IsCyrillic`)."""
    if name.startswith("Is"):
        return _blocks().get(name[2:])
    if name[:1] in _CATEGORIES and name[1:] in ("", *_CATEGORIES[name[0]]):
        return _by_category().get(name, ranges.NONE)
    return None


@lru_cache(maxsize=256)
def with_case_variants(characters: Ranges) -> Ranges:
    """The characters and those that differ from one of them in case only."""
    variants = _case_variants()
    if ranges.size(characters) < len(variants):
        chosen = [code for first, last in characters for code in range(first, last + 1)]
    else:
        chosen = [code for code in variants if ranges.has(characters, code)]
    added = [(other, other) for code in chosen for other in variants.get(code, ())]
    return ranges.joined((*characters, *added)) if added else characters


def case_variants(character: str) -> frozenset[str]:
    """The character and those that differ from it in case only."""
    return frozenset({character, *map(chr, _case_variants().get(ord(character), ()))})


@cache
def _by_category() -> Mapping[str, Ranges]:
    """Ranges by category (`Lu`) and by its first letter."""
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for plane in _WRITTEN_PLANES:
        first, current = plane.start, unicodedata.category(chr(plane.start))
        for code in plane:
            category = unicodedata.category(chr(code))
            if category != current:
                pairs[current].append((first, code - 1))
                first, current = code, category
        pairs[current].append((first, plane.stop - 1))
    pairs["Cn"].extend(_UNASSIGNED_PLANES)
    pairs["Co"].extend(_PRIVATE_PLANES)
    for category in list(pairs):
        pairs[category[0]].extend(pairs[category])
    return {name: ranges.joined(of_name) for name, of_name in pairs.items()}


@cache
def _blocks() -> Mapping[str, Ranges]:
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in _BLOCKS.read_text(encoding="ascii").splitlines():
        first, last, name = line.split(" ")
        pairs[name].append((int(first, 16), int(last, 16)))
    return {name: ranges.joined(of_name) for name, of_name in pairs.items()}


@cache
def _case_variants() -> Mapping[int, tuple[int, ...]]:
    """Code points of two cases → those with the same lower case or the same upper case."""
    cased = [chr(code) for code in _CASED if chr(code).lower() != chr(code).upper()]
    by_lower: dict[str, set[str]] = defaultdict(set)
    by_upper: dict[str, set[str]] = defaultdict(set)
    for character in cased:
        by_lower[character.lower()].add(character)
        by_upper[character.upper()].add(character)
    return {
        ord(character): tuple(
            sorted(
                ord(other)
                for other in by_lower[character.lower()] | by_upper[character.upper()]
                if other != character
            )
        )
        for character in cased
    }
