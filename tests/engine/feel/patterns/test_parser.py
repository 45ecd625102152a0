import pytest

from engine.feel.errors import LimitReached, Unfit
from engine.feel.patterns.flags import read_flags
from engine.feel.patterns.parser import CLASS_RANGES, PATTERN_LENGTH, read_pattern
from engine.feel.patterns.syntax import BackReference, Characters, Repeat, Sequence, Tree


def _read(pattern: str, flags: str = "") -> Tree:
    return read_pattern(pattern, read_flags(flags))


def _one_of(*characters: str) -> Characters:
    codes = sorted(map(ord, characters))
    return Characters(tuple((code, code) for code in codes))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(a", "')' at character 3"),
        ("a)", "an end of the pattern at character 2"),
        ("(?=a)", "':' at character 3"),
        ("(?i)a", "':' at character 3"),
        ("*a", "a character or a group at character 1"),
        ("a**", "a character or a group at character 3"),
        ("a?+", "a character or a group at character 3"),
        ("a{", "a count at character 3"),
        ("a{,2}", "a count at character 3"),
        ("a{2", "'}' at character 4"),
        ("a{2,x}", "a count at character 5"),
        ("a{3,2}", "counts in order"),
        ("]", "a character or a group at character 1"),
        ("}", "a character or a group at character 1"),
        ("[", "a character of a class"),
        ("[]", "a character of a class"),
        ("[^]", "a character of a class"),
        ("[a", "a character of a class"),
        ("[a[b]]", "a character of a class"),
        ("[b-a]", "a range of characters after 'b'"),
        (r"[a-\d]", "a range of characters after 'a'"),
        ("[a-z-[b]c]", "']' at character 9"),
        ("\\", "an escape that patterns have"),
        (r"\b", "an escape that patterns have"),
        (r"\x41", "an escape that patterns have"),
        (r"\-\/", "an escape that patterns have"),
        (r"\0", "an escape that patterns have"),
        (r"[\1]", "an escape that patterns have"),
        (r"\p", "'{'"),
        (r"\p{Lu", "a category or a block"),
        (r"\p{}", "a category or a block"),
        (r"\p{Xx}", "a category or a block"),
        (r"\p{Lx}", "a category or a block"),
        (r"\p{IsKlingon}", "a category or a block"),
        (r"\1", r"a group before \1"),
        (r"(a)\2", r"a group before \2"),
        (r"(a\1)", r"a group before \1"),
        (r"\1(a)", r"a group before \1"),
        (r"(?:a)\1", r"a group before \1"),
    ],
)
def test_an_invalid_pattern_is_refused_with_the_reason(pattern: str, expected: str) -> None:
    with pytest.raises(Unfit) as caught:
        _read(pattern)
    assert f"expected {expected}" in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "least", "most", "is_greedy"),
    [
        ("a?", 0, 1, True),
        ("a*", 0, None, True),
        ("a+?", 1, None, False),
        ("a{3}", 3, 3, True),
        ("a{3,}?", 3, None, False),
        ("a{0,12}", 0, 12, True),
        ("a{00000000000000000002}", 2, 2, True),
        ("a{99999999999999999999}", 10**9, 10**9, True),
    ],
)
def test_quantifiers(pattern: str, least: int, most: int | None, is_greedy: bool) -> None:
    assert _read(pattern).root == Repeat(_one_of("a"), least, most, is_greedy)


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("[ac]", "ac"),
        ("[-a]", "-a"),
        ("[a-]", "-a"),
        ("[^-a-[^a]]", ""),
        ("[a-c-[b]]", "ac"),
        ("[a-e-[b-d-[c]]]", "ace"),
        ("[a-]", "a-"),
        (r"[\-\]\[\\\^]", "-][\\^"),
        (r"[\n\r\t]", "\n\r\t"),
        ("[a.$(]", "a.$("),
        (r"\$", "$"),
    ],
)
def test_classes(pattern: str, characters: str) -> None:
    found = _read(pattern).root
    assert isinstance(found, Characters)
    assert {chr(c) for first, last in found.allowed for c in range(first, last + 1)} == {
        *characters
    }


def test_a_back_reference_takes_the_digits_there_are_groups_for() -> None:
    ten = _read("(a)" * 10 + r"\10").root
    one = _read(r"(a)\10").root
    assert isinstance(ten, Sequence)
    assert isinstance(one, Sequence)
    assert ten.parts[-1] == BackReference(10, ignores_case=False)
    assert one.parts[1:] == (BackReference(1, ignores_case=False), _one_of("0"))


def test_groups_are_counted_without_those_that_are_not_kept() -> None:
    assert _read("(a)(?:b)((c))").groups == 3


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        (" a b\n\t\r", "ab"),
        ("a\\ \\", "a\\\\"),
        ("\\ [ a", "\\[a"),
        (r"\[ a", r"\[a"),
        ("[ ] b", "[ ]b"),
        (r"[\]  ] b", r"[\]  ]b"),
        ("[a-c-[ b ]] d", "[a-c-[ b ]]d"),
    ],
)
def test_the_flag_x_takes_white_space_outside_of_classes_away(pattern: str, same: str) -> None:
    assert _read(pattern, "x") == _read(same)


def test_the_flag_q_makes_every_character_plain() -> None:
    assert _read("a.[", "q").root == Sequence((_one_of("a"), _one_of("."), _one_of("[")))
    assert _read("a ", "qx").root == Sequence((_one_of("a"), _one_of(" ")))


@pytest.mark.parametrize("flags", ["a", "X", " ", "i m", "g"])
def test_unknown_flags_are_refused(flags: str) -> None:
    with pytest.raises(Unfit, match="expected flags out of smixq"):
        _read("a", flags)


@pytest.mark.parametrize("pattern", ["(" * 65, "(?:" * 65, "[a-" * 65])
def test_the_height_of_a_pattern_is_limited(pattern: str) -> None:
    with pytest.raises(LimitReached, match="64 groups within each other"):
        _read(pattern)


def test_the_size_of_a_pattern_is_limited() -> None:
    with pytest.raises(LimitReached, match=f"{PATTERN_LENGTH} characters in a pattern"):
        _read("a" * (PATTERN_LENGTH + 1))
    with pytest.raises(LimitReached, match=f"{CLASS_RANGES} ranges"):
        _read(r"\w" * 1000)
    with pytest.raises(LimitReached, match=f"{CLASS_RANGES} ranges"):
        _read(r"[\w-[\w]]" * 900)
