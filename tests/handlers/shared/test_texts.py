"""How figures and names stand in texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from handlers.shared.texts import fill, same, show_date, show_moment, show_sum


def test_values_are_put_in_by_language() -> None:
    texts = {"kk": "Шара: {measure}, {n}", "ru": "Мера: {measure}, {n}"}
    values = {"measure": {"kk": "жұмыс", "ru": "работы"}, "n": 2}
    assert fill(texts, values) == {"kk": "Шара: жұмыс, 2", "ru": "Мера: работы, 2"}


def test_a_value_is_never_a_placeholder_itself() -> None:
    assert fill({"en": "{a} {b}"}, {"a": "{b}", "b": "{a}"}) == {"en": "{b} {a}"}


def test_unknown_and_open_placeholders_stay_as_they_are() -> None:
    assert fill({"en": "{missing} {open"}, {}) == {"en": "{missing} {open"}


def test_same_is_one_text_for_all() -> None:
    assert same("7") == {"kk": "7", "ru": "7", "en": "7"}


def test_dates_and_moments_are_almaty_s() -> None:
    assert show_date(date(2026, 1, 9)) == "09.01.2026"
    assert show_moment(datetime(2025, 12, 26, 20, 28, 52, tzinfo=UTC)) == "27.12.2025 01:28:52"


def test_sums_are_grouped_and_show_tiyn_only_where_there_are_any() -> None:
    space = "\N{NO-BREAK SPACE}"
    assert show_sum(1530000) == f"1{space}530{space}000{space}₸"
    assert show_sum(Decimal("1530000.5")) == f"1{space}530{space}000,50{space}₸"
