"""The built-in functions of FEEL (DMN 1.5, 10.3.4), one file a family."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.feel.built_ins import (
    aggregations,
    booleans,
    contexts,
    conversions,
    lists,
    numbers,
    range_texts,
    ranges,
    registry,
    sorting,
    strings,
    temporal,
)
from engine.feel.built_ins.registry import BuiltIn

BUILT_INS: Mapping[str, BuiltIn] = MappingProxyType(registry.BUILT_INS)
"""Name → function."""

__all__ = [
    "BUILT_INS",
    "BuiltIn",
    "aggregations",
    "booleans",
    "contexts",
    "conversions",
    "lists",
    "numbers",
    "range_texts",
    "ranges",
    "sorting",
    "strings",
    "temporal",
]
