"""Names and types at a place, and problems with the texts there."""

from __future__ import annotations

from dataclasses import replace

from engine.dmn.model import Text
from engine.dmn.scope import Scope
from engine.feel.feel import Evaluation, Frame
from engine.feel.types import NUMBER, STRING


def scope(*names: str) -> Scope:
    return Scope("the decision", dict.fromkeys(names, NUMBER), frozenset({"a member-of"}))


def test_only_names_that_can_occur_are_told() -> None:
    here = scope("age", "annual income", "Name")
    assert set(here.names_in("annual income + 1")) == {"annual income", "a member-of"}
    assert here.names == {"age", "annual income", "Name", "a member-of"}


def test_names_with_signs_are_read() -> None:
    compiled = scope("pre-bureau").expression(Text(text="pre-bureau + 1"), "here")
    assert compiled is not None
    assert set(compiled.names) == {"pre-bureau"}


def test_a_scope_within_hides_names() -> None:
    outer = scope("a")
    inner = outer.within({"a": STRING, "b": STRING})
    assert inner.variables == {"a": STRING, "b": STRING}
    assert outer.variables == {"a": NUMBER}
    assert inner.problems is outer.problems


def test_problems_name_the_owner_the_place_and_the_line() -> None:
    here = scope()
    part = here.at("entry a")
    assert part.expression(Text(text="1 +", id="cell", line=7), "rule 3, output 1") is None
    assert here.unary_tests(Text(text="< <", line=8), "rule 3, input 1") is None
    first, second = here.problems
    assert (first.element_id, first.line, first.rule) == ("cell", 7, "feel-syntax")
    for language, place in {
        "en": "entry a, rule 3, output 1",
        "ru": "запись a, правило 3, результат 1",
        "kk": "жазба a, ереже 3, нәтиже 1",
    }.items():
        assert "the decision" in first.in_language(language)
        assert place in first.in_language(language)
    assert second.line == 8


def test_problems_are_of_the_owner_where_it_has_an_id() -> None:
    here = replace(scope(), owner_id="d").within({"a": NUMBER})
    assert here.expression(Text(text="1 == a", id="cell", line=7), "its logic") is None
    assert here.problems[0].element_id == "d"
    assert here.problems[0].message == (
        "Expected FEEL in its logic of the decision, but: Expected a value, but found '=': "
        "write one = to compare, at character 4 of '1 == a'"
    )


def test_names_that_no_scope_has_are_read() -> None:
    here = scope("known")
    inner = here.within({"local": NUMBER})
    inner.expression(Text(text="known + local + outside"), "here")
    here.of_items().expression(Text(text="member > limit"), "here")
    inner.unary_tests(Text(text="> other"), "here")
    assert list(here.reads) == ["outside", "other"]


def test_unary_tests_know_the_names() -> None:
    tests = scope("the-limit").unary_tests(Text(text="< the-limit"), "here")
    assert tests is not None
    assert tests.run(Frame({"the-limit": True}, None, Evaluation()), None) is not True
