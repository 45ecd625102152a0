"""Reads walk up, writes go where the name is defined, only what changed is written."""

from __future__ import annotations

import pytest

from engine.scopes import Scopes


def scopes(*rows: tuple[int, str, bytes], parents: dict[int, int] | None = None) -> Scopes:
    return Scopes(parents or {}, rows, lambda: {"twice": lambda x: x * 2}, {"businessKey": "k"})


def test_reads_walk_up_and_writes_go_to_the_scope_that_defines_the_name() -> None:
    tree = scopes((0, "x", b"1"), (5, "y", b"2"), parents={5: 0, 7: 5})
    tree.open_scope(7, 5, {"z": 3})
    assert [tree.get(7, name) for name in "xyz"] == [1, 2, 3]
    tree.set(7, "x", 10)
    tree.set(7, "y", 20)
    tree.set(7, "new", 40)
    assert (tree.get_local(0, "x"), tree.get_local(5, "y")) == (10, 20)
    assert tree.get_local(0, "new") == 40
    with pytest.raises(KeyError):
        tree.get(0, "y")


def test_only_what_changed_is_written() -> None:
    tree = scopes((0, "same", b"1"), (0, "other", b"2"), (5, "local", b"3"), parents={5: 0})
    tree.set(0, "same", 1)
    tree.set(0, "other", 9)
    tree.set(0, "new", None)
    tree.close_scope(5)
    assert tree.changes() == ([(0, "new", b"null"), (0, "other", b"9")], {5})


def test_a_scope_opened_and_closed_in_one_step_leaves_nothing() -> None:
    tree = scopes()
    tree.open_scope(3, 0, {"x": 1})
    tree.close_scope(3)
    assert tree.changes() == ([], set())
    assert not tree.has_scope(3)


def test_expressions_see_variables_constants_functions_and_what_is_added() -> None:
    tree = scopes((0, "x", b"21"))
    assert tree.evaluate("${twice(x)}", 0) == 42
    assert tree.evaluate("${businessKey}", 0) == "k"
    assert tree.evaluate("${x}", 0, {"x": 5}) == 5
    assert tree.evaluate("plain", 0) == "plain"


def test_private_names_are_not_visible_to_expressions() -> None:
    tree = scopes((0, "#items", b"[1]"), (0, "x", b"1"))
    assert set(tree.view(0)) == {"x", "businessKey"}
    assert tree.get(0, "#items") == [1]


def test_values_must_be_json() -> None:
    with pytest.raises(TypeError):
        scopes().set(0, "x", object())


def test_a_variable_never_hides_a_constant() -> None:
    tree = scopes((0, "businessKey", b'"another"'))
    assert tree.evaluate("${businessKey}", 0) == "k"
    assert tree.view(0, {"businessKey": "sent"})["businessKey"] == "k"
