"""Numbers in addresses and forms: bounded, so that no page breaks at them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest

from web.whole_numbers import LARGEST, number_in_address, whole_number

HUGE = "99999999999999999999999"


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), (str(LARGEST), LARGEST)])
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-5", "1.5", "x", " 1", "１", str(LARGEST + 1), HUGE])
def test_what_is_none_or_too_large_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        whole_number(text)


def test_the_bound_is_the_caller_s() -> None:
    assert whole_number("9999", most=9999) == 9999
    with pytest.raises(BadRequest):
        whole_number("10000", most=9999)


def test_an_address_without_the_number_has_none(app: Flask) -> None:
    with app.test_request_context("/?before=&after=5"):
        assert (number_in_address("before"), number_in_address("after")) == (None, 5)


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("operator-1", f"/working-days/?year={HUGE}"),
        ("operator-1", "/working-days/?year=-1"),
        ("operator-1", f"/cockpit/decisions/1?rule={HUGE}"),
    ],
)
def test_a_page_refuses_a_number_that_is_too_large(
    sign_in: Callable[..., Any], person: str, address: str
) -> None:
    assert sign_in(person).get(address).status_code == 400
