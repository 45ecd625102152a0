import unicodedata

import pytest

from engine.feel.patterns import characters, ranges


@pytest.mark.parametrize(
    "code",
    [
        0,
        0x41,
        0x416,
        0x1F600,
        0x3FFFF,
        0x40000,
        0xDFFFF,
        0xE0001,
        0xF0000,
        0xFFFFE,
        0x10FFFD,
        0x10FFFF,
    ],
)
def test_a_category_has_the_characters_that_unicode_puts_there(code: int) -> None:
    category = unicodedata.category(chr(code))
    in_category = characters.named(category)
    in_group = characters.named(category[0])
    assert in_category is not None
    assert in_group is not None
    assert ranges.has(in_category, code)
    assert ranges.has(in_group, code)


def test_categories_share_no_character_and_leave_none_out() -> None:
    every = [characters.named(letter) or () for letter in "LMNPZSC"]
    assert sum(map(ranges.size, every)) == ranges.LAST + 1


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("IsBasicLatin", 0, 0x7F),
        ("IsLatin-1Supplement", 0x80, 0xFF),
        ("IsGreek", 0x370, 0x3FF),
        ("IsGreekandCoptic", 0x370, 0x3FF),
        ("IsCyrillic", 0x400, 0x4FF),
        ("IsCombiningMarksforSymbols", 0x20D0, 0x20FF),
    ],
)
def test_a_block_is_named_without_spaces(name: str, first: int, last: int) -> None:
    assert characters.named(name) == ((first, last),)


@pytest.mark.parametrize(
    "name", ["", "Is", "IsBasic Latin", "isBasicLatin", "BasicLatin", "l", "LL", "Cs", "Luu"]
)
def test_other_names_are_unknown(name: str) -> None:
    assert characters.named(name) is None


@pytest.mark.parametrize(
    ("character", "variants"),
    [("a", "aA"), ("K", "kK\u212a"), ("\u212a", "kK\u212a"), ("ж", "жЖ"), ("σ", "σςΣ"), ("1", "1")],
)
def test_case_variants_have_the_same_lower_or_upper_case(character: str, variants: str) -> None:
    assert characters.case_variants(character) == {*variants}


@pytest.mark.parametrize(
    ("letter", "inside", "outside"),
    [
        ("s", " \t\n\r", "\u00a0a\u2003"),
        ("d", "09\u0663", "a\u00b2"),
        ("w", "aЖ9+\u0301", "_-! \n"),
        ("i", "aЖ_:", "9-. "),
        ("c", "aЖ_:9-.\u00b7", " !\u00d7"),
    ],
)
def test_shorthands_and_their_opposites(letter: str, inside: str, outside: str) -> None:
    small, large = characters.shorthand(letter), characters.shorthand(letter.upper())
    assert small is not None
    assert large is not None
    assert all(ranges.has(small, ord(character)) for character in inside)
    assert all(ranges.has(large, ord(character)) for character in outside)
    assert not any(ranges.has(small, ord(character)) for character in outside)
    assert not any(ranges.has(large, ord(character)) for character in inside)
