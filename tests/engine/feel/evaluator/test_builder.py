from __future__ import annotations

import pytest

from engine.feel import EvaluationError, parse
from engine.feel.juel.builder import JuelBuilder
from engine.feel.syntax import Name, Path
from tests.support.feel_texts import exact, value


def test_both_dialects_run_on_the_same_trees() -> None:
    assert parse("a == 1 ? [1, 2 + 3] : -1").evaluate({"a": 1}) == [1, 5]
    assert value("if a = 1 then [1, 2 + 3] else -1", a=1) == exact([1, 5])


@pytest.mark.parametrize("condition", ["1", '"a"', "a"])
def test_what_is_no_condition(condition: str) -> None:
    assert value(f"if {condition} then 1 else 2", a=[]) == exact(2)
    with pytest.raises(EvaluationError, match="Expected true or false, but found"):
        parse(f"{condition} ? 1 : 2").evaluate({"a": []})


def test_null_is_not_true_in_both() -> None:
    assert value("if null then 1 else 2") == exact(2)
    assert parse("null ? 1 : 2").evaluate({}) == 2


def test_a_node_of_the_other_dialect_is_refused() -> None:
    with pytest.raises(TypeError, match="node of"):
        JuelBuilder("a.b").build(Path(0, Name(0, "a"), "b"))
