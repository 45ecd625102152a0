from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.feel.built_ins import arguments
from engine.feel.errors import Unfit
from engine.feel.values import Range
from tests.support.feel_calls import Lambda

TEN = Range(Decimal(1), Decimal(10), True, True)
CONVERTERS: dict[Callable[[object, str], object], object] = {
    arguments.text: "a",
    arguments.number: Decimal(1),
    arguments.flag: False,
    arguments.context: {"a": None},
    arguments.range_value: TEN,
    arguments.function: Lambda("", lambda: None),
}


@pytest.mark.parametrize(("convert", "value"), CONVERTERS.items())
def test_a_value_of_the_kind_and_a_list_of_it(
    convert: Callable[[object, str], object], value: object
) -> None:
    assert convert(value, "it") is value
    assert convert([value], "it") is value


@pytest.mark.parametrize("convert", CONVERTERS)
def test_values_of_other_kinds(convert: Callable[[object, str], object]) -> None:
    own = CONVERTERS[convert]
    for value in (None, [], [own, own], [[own]], *(v for v in CONVERTERS.values() if v is not own)):
        with pytest.raises(Unfit, match="^expected an? .* for it, but found "):
            convert(value, "it")


def test_a_boolean_is_no_number() -> None:
    with pytest.raises(Unfit, match="expected a number for it, but found a boolean"):
        arguments.number(True, "it")


def test_whole() -> None:
    assert arguments.whole(Decimal("2.0"), "it") == 2
    with pytest.raises(Unfit, match=r"whole number for it, but found 2\.5"):
        arguments.whole(Decimal("2.5"), "it")


def test_items() -> None:
    assert arguments.items([None], "it") == [None]
    assert arguments.items("a", "it") == ["a"]
    with pytest.raises(Unfit, match="expected a list for it, but found null"):
        arguments.items(None, "it")
