"""Walks through a part of a model: every element in it, every FEEL text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from engine.dmn.model import Element, LiteralExpression, Text


def elements_within(part: object) -> Iterator[Element]:
    """An element, or a tuple of them, with all that is in it, in the order of the file."""
    if isinstance(part, Element):
        yield part
        for field in fields(part):
            yield from elements_within(getattr(part, field.name))
    elif isinstance(part, tuple):
        for each in part:
            yield from elements_within(each)


def texts_within(part: object) -> Iterator[str]:
    """The FEEL texts in an element of a model, or in a tuple of them."""
    for element in elements_within(part):
        if isinstance(element, (Text, LiteralExpression)):
            yield element.text
