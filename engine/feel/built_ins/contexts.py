"""Contexts: read by a name that is a value, and new ones made from them (DMN 1.5, 10.3.4.10)."""

from __future__ import annotations

from engine.feel import limits
from engine.feel.budget import spend
from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.errors import Unfit


@built_in("get value", "context", "keys")
@built_in("get value", "context", "key")
@built_in("get value", "m", "key")
def get_value(context: object, key: object) -> object:
    """The value under a key; under several, the value in the context that the former led to."""
    value: object = arguments.context(context, "m")
    for name in _names(key):
        entries = arguments.context(value, "m")
        if name not in entries:
            raise Unfit(f"expected a context with an entry {name[:40]!r}")
        value = entries[name]
    return value


@built_in("get entries", "context")
@built_in("get entries", "m")
def get_entries(context: object) -> list[object]:
    entries = arguments.context(context, "m")
    return limits.sized([{"key": name, "value": value} for name, value in entries.items()])


@built_in("context", "entries")
def context_of(entries: object) -> dict[str, object]:
    """A context of entries, which are contexts with a key and a value."""
    made: dict[str, object] = {}
    for item in arguments.items(entries, "entries"):
        entry = arguments.context(item, "entries")
        if "key" not in entry or "value" not in entry:
            raise Unfit("expected entries with a key and a value")
        name = arguments.text(entry["key"], "key")
        if name in made:
            raise Unfit(f"expected each key once, but found {name[:40]!r} again")
        made[name] = entry["value"]
    return made


@built_in("context put", "context", "keys", "value")
@built_in("context put", "context", "key", "value")
def context_put(context: object, key: object, value: object) -> dict[str, object]:
    """The context with an entry; under several keys, in the context that the former led to."""
    names = _names(key)
    entries = arguments.context(context, "context")
    passed = [entries]
    for name in names[:-1]:
        entries = arguments.context(entries.get(name), f"the entry {name[:40]!r}")
        passed.append(entries)
    put = value
    for name, entries in zip(reversed(names), reversed(passed), strict=True):
        spend(len(entries))
        put = {**entries, name: put}
    return arguments.context(put, "context")


@built_in("context merge", "contexts")
def context_merge(contexts: object) -> dict[str, object]:
    """All entries; of those with one key, the last."""
    merged: dict[str, object] = {}
    for item in arguments.items(contexts, "contexts"):
        entries = arguments.context(item, "contexts")
        spend(len(entries))
        merged |= entries
    return merged


def _names(key: object) -> list[str]:
    names = [arguments.text(name, "key") for name in arguments.items(key, "key")]
    if not names:
        raise Unfit("expected at least one key, but found an empty list")
    return names
