from __future__ import annotations

import pytest

from engine.feel import ExpressionSyntaxError, feel
from engine.feel.grammar.parser import Parser
from tests.support.feel_texts import passes, syntax_error, value
from tests.support.feel_trees import shape


@pytest.mark.parametrize(
    ("cell", "tested", "expected"),
    [
        ("-", 1, True),
        (" - ", None, True),
        ("", 1, True),
        ("5", 5, True),
        ("5", 4, False),
        ("-5", -5, True),
        ("- 5 + 1", -4, True),
        ("< 5", 4, True),
        ("<= 5", 5, True),
        ("> 5", 5, False),
        (">= 5 + 1", 6, True),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("!= 5", 4, True),
        ("1, 2, > 5", 2, True),
        ("1, 2, > 5", 6, True),
        ("1, 2, > 5", 3, False),
        ("[1..3]", 3, True),
        ("[1..3[", 3, False),
        ("[1..3[, [5..6[", 5, True),
        ("]1..3], 7", 1, False),
        ("(1..3)", 2, True),
        ('"a", "b"', "b", True),
        ('["a", "b"]', "b", True),
        ("[1..3], 5", 5, True),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ("not(> 5)", 5, True),
        ("not([1..3])", 2, False),
        ('not("a")', "a", False),
        ("not(true)", False, True),
        ("not(true)", True, False),
        ("not(? > 5)", 6, False),
        ("not(? > 5) and ? > 1", 4, True),
        ("not(? > 5) and ? > 1", 0, False),
        ("true", True, True),
        ("false", True, False),
        ("null", None, True),
        ("null", 1, False),
        ("? > 3 and ? < 5", 4, True),
        ("? in [1..3]", 2, True),
        ("odd(?)", 3, True),
        ("? instance of string", 3, False),
        ("limit", 10, True),
        ("< limit * 2", 19, True),
        ("limits", 3, True),
        ("limits", 4, False),
        ("limit > 5", 1, True),
        ("limit > 5", "x", True),
        ("limit < 5", 1, False),
        ("(5)", 5, True),
    ],
)
def test_cells(cell: str, tested: object, expected: bool) -> None:
    assert passes(cell, tested, limit=10, limits=[1, 2, 3]) is expected


@pytest.mark.parametrize(
    ("cell", "tested"),
    [
        ("< 5", "a"),
        ("< 5", None),
        ("5", "a"),
        ("[1..3]", None),
        ("not(< 5)", "a"),
        ("? + 1", 1),
        ("1, < 5", "a"),
        ("= 5", "a"),
    ],
)
def test_what_can_not_be_compared_is_null(cell: str, tested: object) -> None:
    assert passes(cell, tested) is None


def test_a_test_that_is_true_wins_over_one_that_can_not_be_compared() -> None:
    assert passes('< 5, "a"', "a") is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 in 5", True),
        ("5 in -5", False),
        ("5 in (1, 2, 5)", True),
        ("5 in (> 3, < 1)", True),
        ("5 in > 3 and true", True),
        ("5 in != 4", True),
        ("5 in (> 3)", True),
        ("5 in (1..5]", True),
        ("5 in (1..5)", False),
        ("5 in ((1..5])", True),
        ("5 in ]1..5]", True),
        ("5 in [1..5[", False),
        ("5 in (1..5], 1", None),
        ("5 in ([1..2], [4..6])", True),
        ("5 in (4) + 1", True),
        ("5 in (4 + 1) = true", True),
        ("5 in (list)", True),
        ("5 in (list)[1]", False),
        ("5 in (c).a", True),
        ("5 in (function(x) x)(5)", True),
        ("5 in (< 6).end - 1", True),
        ("5 in (? > 4)", True),
        ("5 in (? > 4, ? < 0) and 1 in (? < 0)", False),
        ("1 in [[1..5], 7]", True),
        ("7 in [[1..5], 7]", True),
        ("[1, 2] in [1, 2]", True),
        ("[1, 2] in ([1, 2], [3])", True),
        ("1 in []", False),
        ("null in null", True),
        ("1 in (null, 2)", False),
        ('1 in ("a", 1)', True),
        ("(1) in (((1)))", True),
    ],
)
def test_in(text: str, expected: object) -> None:
    if expected is None:
        assert syntax_error(text) == (11, "Expected an operator or the end, but found ','")
    else:
        assert value(text, list=[1, 5], c={"a": 5}) is expected


def test_the_input_of_a_test_within_a_cell_is_its_own() -> None:
    assert passes("3 in (? > 2), 9", 1) is True
    assert passes("count(list[item in (? > 2)])", 1, list=[1, 3]) is True
    assert passes("count(list[item in (? > 2)])", 2, list=[1, 3]) is False


@pytest.mark.parametrize(
    ("cell", "position"),
    [("1,", 2), ("< ", 2), ("not(1", 5), ("- , 1", 2), ("1 2", 2), ("[1..", 4), ("not()", 4)],
)
def test_what_is_no_cell(cell: str, position: int) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        feel.parse_unary_tests(cell)
    assert caught.value.position == position


def test_the_tree_of_a_cell() -> None:
    tree = Parser("not(< 5, ? > a, 3)", (), {}).parse_tests()
    assert tree.is_negated
    assert [shape(test)[0] for test in tree.tests] == ["Comparison", "Matching", "Matching"]  # type: ignore[index]
    assert [getattr(test, "asks_input", None) for test in tree.tests] == [None, True, False]
    assert [test.position for test in tree.tests] == [4, 9, 16]
