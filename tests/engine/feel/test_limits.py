from __future__ import annotations

import pytest

from engine.feel import limits
from engine.feel.errors import LimitReached


@pytest.mark.parametrize(
    "value", ["", "a" * limits.STRING_LENGTH, [], [None] * limits.LIST_LENGTH, None, 1, {"a": 1}]
)
def test_what_is_within_the_limits_is_the_same(value: object) -> None:
    assert limits.sized(value) is value


def test_what_is_too_long() -> None:
    with pytest.raises(LimitReached, match="at most 65536 characters in a string"):
        limits.sized("a" * (limits.STRING_LENGTH + 1))
    with pytest.raises(LimitReached, match="at most 10000 items in a list"):
        limits.sized([None] * (limits.LIST_LENGTH + 1))
    with pytest.raises(LimitReached) as caught:
        limits.check_list_length(limits.LIST_LENGTH + 1)
    assert (caught.value.what, caught.value.most) == ("items in a list", limits.LIST_LENGTH)


def test_the_height_of_a_text_fits_into_that_of_an_evaluation() -> None:
    assert limits.NESTING < limits.HEIGHT < limits.CALL_HEIGHT
