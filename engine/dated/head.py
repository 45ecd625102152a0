"""The head of a dated table's file: what the table is, in words, and who may edit it.

    {"title": {kk, ru, en}, "hint": {kk, ru, en}, "kind": "windows" | "contacts",
     "process": "…", "groups": ["…"], "always": true, "map": "map.json",
     "new_keys": "20[0-9]{2}", "key_label": {kk, ru, en},
     "keys": {key: {kk, ru, en, "value": {…}}}, "value": {…}, "rows": […]}

All of it is optional. A table without a title is not offered to staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.dated.messages import LANGUAGES, Texts
from engine.dated.values import Description, describe

WINDOWS, CONTACTS = "windows", "contacts"


@dataclass(frozen=True)
class Head:
    """What a dated table is.

    kind "windows": when `process` may be started, a row for each window; "contacts": how to reach
    a unit, which is the key. groups: who may edit it beside process owners. always: a key that
    holds today may not be left without a row on a later day. map: the functional map of the
    application whose rows name the keys. new_keys: a pattern of keys that staff may add.
    description: what a value is; descriptions: what the values of some keys are instead.
    """

    titles: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    kind: str = ""
    process: str | None = None
    groups: frozenset[str] = frozenset()
    always: bool = False
    map: str | None = None
    new_keys: str | None = None
    key_labels: Texts = field(default_factory=dict)
    keys: Mapping[str, Texts] = field(default_factory=dict)
    description: Description | None = None
    descriptions: Mapping[str, Description] = field(default_factory=dict)

    def describes(self, key: str) -> Description | None:
        """What a value of the key is; None where the file does not say."""
        return self.descriptions.get(key, self.description)


def read_head(content: Mapping[str, Any]) -> Head:
    """The head in a file's JSON. Raises ValueError for what is none."""
    keys = _mapping(content, "keys")
    groups = content.get("groups", [])
    if not isinstance(groups, list):
        raise ValueError("groups: expected a list")
    kind = content.get("kind", "")
    if kind not in ("", WINDOWS, CONTACTS):
        raise ValueError(f"kind: expected {WINDOWS} or {CONTACTS}, but found {kind!r}")
    if kind == WINDOWS and not isinstance(content.get("process"), str):
        raise ValueError("process: expected the process that the windows are of")
    value = content.get("value")
    return Head(
        titles=_texts(content, "title"),
        hints=_texts(content, "hint"),
        kind=kind,
        process=content.get("process"),
        groups=frozenset(map(str, groups)),
        always=content.get("always") is True,
        map=content.get("map"),
        new_keys=content.get("new_keys"),
        key_labels=_texts(content, "key_label"),
        keys={key: _texts(keys, key) for key in keys},
        description=None if value is None else describe(value),
        descriptions={
            key: describe(each["value"]) for key, each in keys.items() if "value" in each
        },
    )


def _mapping(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name, {})
    if not isinstance(found, Mapping):
        raise ValueError(f"{name}: expected an object")
    return found


def _texts(content: Mapping[str, Any], name: str) -> Texts:
    found = _mapping(content, name)
    return {code: str(found[code]) for code in LANGUAGES if code in found}
