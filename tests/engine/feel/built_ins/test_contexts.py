from __future__ import annotations

import pytest

from tests.support.feel_calls import call, call_named, feel, reason, reason_named


def test_get_value() -> None:
    assert call("get value", {"a": "foo"}, "a") == "foo"
    assert call("get value", {"a": None}, "a") is None
    assert call("get value", {"a": {"b": 5}}, ["a", "b"]) == 5
    assert call_named("get value", {"key": "a", "m": {"a": "foo"}}) == "foo"


@pytest.mark.parametrize(
    ("context", "key"),
    [
        ("foo", "foo"),
        (None, "a"),
        ({"a": 1}, None),
        ({"a": 1}, 123),
        ({"a": 1}, "b"),
        ({"a": 1}, []),
        ({"a": 1}, ["a", "b"]),
        ({"a": {}}, ["a", 1]),
    ],
)
def test_get_value_of_what_is_not_there(context: object, key: object) -> None:
    assert reason("get value", context, key).startswith("expected ")


def test_get_value_by_other_names_or_numbers_of_arguments() -> None:
    assert "get value(m, key)" in reason_named("get value", {"k": "a", "m": {"a": 1}})
    assert "get value" in reason("get value")
    assert "get value" in reason("get value", {"a": 1}, "a", "b")


def test_get_entries_is_the_inverse_of_context() -> None:
    context = {"a": 1, "b": None, "": [2]}
    entries = [{"key": name, "value": value} for name, value in context.items()]
    assert call("get entries", context) == feel(entries)
    assert call("context", entries) == feel(context)
    assert list(call("context", entries)) == ["a", "b", ""]
    assert call("get entries", {}) == []
    assert call("context", []) == {}
    assert "null" in reason("get entries", None)


def test_context_takes_one_entry_and_ignores_other_members() -> None:
    assert call("context", {"key": "a", "value": 1}) == {"a": 1}
    assert call_named("context", {"entries": [{"key": "a", "value": 1, "more": 2}]}) == {"a": 1}


@pytest.mark.parametrize(
    "entries",
    [
        None,
        "foo",
        [None],
        {"value": 1},
        {"key": "a"},
        {"key": None, "value": 1},
        {"key": 1, "value": 1},
        [{"key": "a", "value": 1}, {"key": "a", "value": 2}],
    ],
)
def test_context_of_what_are_no_entries(entries: object) -> None:
    assert reason("context", entries).startswith("expected ")


def test_context_put_adds_or_replaces_in_place() -> None:
    assert call("context put", {"x": 1}, "y", 2) == {"x": 1, "y": 2}
    replaced = call("context put", {"x": 1, "y": 0, "z": 0}, "y", None)
    assert replaced == {"x": 1, "y": None, "z": 0}
    assert list(replaced) == ["x", "y", "z"]
    assert call("context put", {}, "", 1) == {"": 1}


def test_context_put_within_contexts() -> None:
    context = {"x": 1, "y": {"a": {"b": 0}, "c": 3}}
    put = call("context put", context, ["y", "a", "b"], 2)
    assert put == {"x": 1, "y": {"a": {"b": 2}, "c": 3}}
    assert call("context put", context, ["y"], 2) == {"x": 1, "y": 2}
    assert call("context put", context, ["y", "new"], 2)["y"]["new"] == 2
    assert context == {"x": 1, "y": {"a": {"b": 0}, "c": 3}}


def test_context_put_by_name() -> None:
    named = {"context": {"x": 1}, "value": 2}
    assert call_named("context put", {**named, "key": "y"}) == {"x": 1, "y": 2}
    assert call_named("context put", {**named, "keys": ["y"]}) == {"x": 1, "y": 2}
    assert "context put" in reason_named("context put", {**named, "k": "y"})


@pytest.mark.parametrize(
    ("context", "key"),
    [
        (None, "a"),
        ("foo", "a"),
        ({}, None),
        ({}, 1),
        ({}, []),
        ({}, ["a", None]),
        ({}, ["a", "b"]),
        ({"a": 1}, ["a", "b"]),
        ({"a": None}, ["a", "b"]),
    ],
)
def test_context_put_where_it_can_not(context: object, key: object) -> None:
    assert reason("context put", context, key, 1).startswith("expected ")


def test_context_merge() -> None:
    merged = call("context merge", [{"a": 1, "b": 1}, {"b": 2, "c": 3}])
    assert merged == {"a": 1, "b": 2, "c": 3}
    assert call("context merge", {"a": 1}) == {"a": 1}
    assert call("context merge", []) == {}
    assert call_named("context merge", {"contexts": [{"a": 1}]}) == {"a": 1}


@pytest.mark.parametrize("contexts", [None, 1, [{"a": 1}, None], [{"a": 1}, "b"]])
def test_context_merge_of_what_are_no_contexts(contexts: object) -> None:
    assert reason("context merge", contexts).startswith("expected a")
