"""Rules over several fields: what they find, what they leave alone, and which can't be deployed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.forms import Form, FormUnreadable, check_submission, load_form
from tests.support.pace import within

MakeForm = Callable[..., Form]

SAID = {"kk": "к", "ru": "р", "en": "e"}
DATE: dict[str, object] = {"type": "string", "format": "date"}
CLOCK = datetime(2026, 3, 2, 0, 30, tzinfo=ZoneInfo("Asia/Almaty"))
"""The second of March in Almaty, the first in Greenwich."""


def rule(expression: str, **more: object) -> dict[str, object]:
    return {"expression": expression, "x-error": SAID, **more}


def trip(*rules: object) -> dict[str, dict[str, object]]:
    """The fields of a form; the rules stand at its last day."""
    return {
        "first_day": DATE,
        "last_day": {**DATE, "x-check": list(rules)},
        "days": {"type": "integer"},
        "cost": {"type": "number"},
        "cities": {"type": "array", "items": {"enum": [1, 2, 3]}},
        "is_paid": {"type": "boolean"},
    }


def found(form: Form, now: datetime | None = None, **values: object) -> list[tuple[str, str]]:
    return [(error.field, error.keyword) for error in check_submission(form, values, now)]


ORDER = "= date(last_day) >= date(first_day)"


def test_a_rule_that_is_not_met_is_told_at_its_field(make_form: MakeForm) -> None:
    form = make_form(first_day=DATE, last_day={**DATE, "x-check": rule(ORDER)})
    assert found(form, first_day="2026-05-01", last_day="2026-05-01") == []
    (error,) = check_submission(form, {"first_day": "2026-05-02", "last_day": "2026-05-01"})
    assert (error.field, error.keyword, error.messages) == ("last_day", "x-check", SAID)


@pytest.mark.parametrize(
    ("expression", "values", "is_met"),
    [
        (ORDER, {}, True),
        (ORDER, {"first_day": "2026-05-01"}, True),
        (ORDER, {"first_day": "2026-05-01", "last_day": " "}, True),
        ("= first_day != null or last_day != null", {}, False),
        ("= first_day != null or last_day != null", {"last_day": "2026-05-01"}, True),
        ("= last_day = null or " + ORDER[2:], {"first_day": "2026-05-01"}, True),
        ("= is_paid or days <= 5", {"is_paid": False, "days": 6}, False),
        ("= is_paid or days <= 5", {"is_paid": True, "days": 6}, True),
        ("= days > 1 and cost < 5", {"days": 1}, False),
        ("= days > 1 and cost < 5", {"days": 2}, True),
        ("= count(cities) = days", {"cities": [1, 3], "days": 2}, True),
        ("= count(cities) = days", {"cities": [1, 3], "days": 3}, False),
        ("= cities[item > days] = []", {"cities": [1, 2], "days": 2}, True),
        ("= cities[item > days] = []", {"cities": [1, 3], "days": 2}, False),
        ("= cost * days <= 0.3", {"cost": 0.1, "days": 3}, True),
        ("= cost * days <= 0.3", {"cost": 0.1, "days": 4}, False),
        ("= days + first_day > 1", {"days": 1, "first_day": "2026-05-01"}, False),
        ("= days + first_day > 1", {"days": 1}, True),
        ("= days", {"days": 1}, False),
        ("= [1..2]", {}, False),
        ("= 1 / 0 > days", {"days": 1}, False),
    ],
)
def test_false_is_not_met_and_null_is_met_where_a_field_is_null(
    make_form: MakeForm, expression: str, values: dict[str, object], is_met: bool
) -> None:
    form = make_form(**trip(rule(expression)))
    assert found(form, None, **values) == ([] if is_met else [("last_day", "x-check")])


def test_fields_may_be_called_like_functions(make_form: MakeForm) -> None:
    form = make_form(date={**DATE, "x-check": rule("= date(date) > date(max)")}, max=DATE)
    assert found(form, date="2026-05-02", max="2026-05-01") == []
    assert found(form, date="2026-05-01", max="2026-05-01") == [("date", "x-check")]
    assert found(form, date="2026-05-01") == []


def test_the_first_rule_that_is_not_met_is_told(make_form: MakeForm) -> None:
    other = {**SAID, "en": "other"}
    form = make_form(**trip(rule("= days > 1"), {**rule("= cost > 1"), "x-error": other}))
    (error,) = check_submission(form, {"days": 1, "cost": 1})
    assert error.messages == SAID
    (error,) = check_submission(form, {"days": 2, "cost": 1})
    assert error.messages == other


@pytest.mark.parametrize("wrong", ["31 May", 5, ["2026-05-01"], {"a": 1}, True, float("nan")])
def test_rules_wait_until_the_fields_they_read_are_right(
    make_form: MakeForm, wrong: object
) -> None:
    form = make_form(("days",), **trip(rule(ORDER), rule("= days > 1")))
    (first, days) = check_submission(form, {"first_day": wrong, "last_day": "2026-05-01"})
    assert (first.field, days.field, days.keyword) == ("first_day", "days", "required")
    assert first.keyword in ("format", "type")


def test_a_wrong_field_does_not_keep_rules_of_others_silent(make_form: MakeForm) -> None:
    form = make_form(**trip(rule("= days > 1")))
    assert found(form, cost="much", days=1) == [("last_day", "x-check"), ("cost", "type")]
    assert found(form, stranger=1, days=1) == [
        ("last_day", "x-check"),
        ("stranger", "additionalProperties"),
    ]


def test_rules_of_hidden_fields_are_not_asked_and_hidden_values_are_null(
    make_form: MakeForm,
) -> None:
    form = make_form(
        kind={"type": "string"},
        days={"type": "integer", "x-show-if": {"kind": "long"}, "x-check": rule("= kind = null")},
        cost={"type": "number", "x-check": rule("= days = null or cost > days")},
    )
    assert found(form, kind="short", cost=1) == []
    assert found(form, kind="long", days=2, cost=1) == [("days", "x-check"), ("cost", "x-check")]
    assert found(form, kind="short", days=2, cost=1) == [("days", "hidden")]


def test_today_is_the_day_of_the_moment_that_is_given(make_form: MakeForm) -> None:
    form = make_form(**trip(rule("= date(last_day) > today()")))
    assert found(form, CLOCK, last_day="2026-03-02") == [("last_day", "x-check")]
    assert found(form, CLOCK, last_day="2026-03-03") == []
    assert found(form, CLOCK) == []
    assert found(form, last_day="2026-03-02") == []
    form = make_form(**trip(rule('= now() < date and time(last_day + "T01:00:00+05:00")')))
    assert found(form, CLOCK, last_day="2026-03-02") == []
    assert found(form, CLOCK, last_day="2026-03-01") == [("last_day", "x-check")]


def test_rules_that_take_too_long_are_stopped_together(make_form: MakeForm) -> None:
    endless = "= count(for a in 1..9999, b in 1..9999 return a * days) > 0"
    form = make_form(days={"type": "integer", "x-check": [rule(endless)] * 20})
    with within(1_000):
        (error,) = check_submission(form, {"days": 1})
    assert (error.field, error.keyword) == ("days", "limit")
    assert set(error.messages) == {"kk", "ru", "en"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("= days > 1", "x-check must be"),
        ([], "x-check must be"),
        ([rule("= days > 1"), "= days"], "x-check must be"),
        (rule("= days >"), "x-check: Expected a value, but found the end, at character 7"),
        (rule("= (" * 100), "x-check: Expected "),
        (rule("="), "x-check: Expected a value"),
        (rule("${days > 1}"), "x-check: the expression must be FEEL"),
        (rule("days > 1"), "x-check: the expression must be FEEL"),
        ({"x-error": SAID}, "x-check: the expression must be FEEL"),
        (rule("= length > 1"), "x-check: the expression names length, which is no field"),
        (rule("= given > 1"), "x-check: the expression names given, which is read-only"),
        (rule("= workdays(days) > 1"), "calls workdays, which is neither FEEL's own nor"),
        (rule("= today > 1"), "x-check: the expression names today, which is no field"),
        ({"expression": "= days > 1"}, "x-check: x-error is missing"),
        (rule("= days > 1", **{"x-error": "no"}), "x-check: x-error is missing"),
        (rule("= days > 1", **{"x-error": {"ru": "р", "en": "e"}}), "x-error: the text in kk"),
        (rule("= days > 1", **{"x-error": {**SAID, "en": " "}}), "x-error: the text in en"),
        (rule("= days > 1", message="no"), "x-check: message has no meaning"),
    ],
)
def test_rules_that_can_not_be_deployed(make_form: MakeForm, given: object, said: str) -> None:
    with pytest.raises(FormUnreadable) as caught:
        make_form(
            days={"type": "integer", "x-check": given},
            given={"type": "integer", "readOnly": True},
        )
    assert [problem[:6] for problem in caught.value.problems] == ["days: "]
    assert said in caught.value.problems[0]


def test_a_rule_elsewhere_than_at_a_field_is_refused_rather_than_ignored() -> None:
    field = {"type": "array", "x-label": SAID, "items": {"enum": [1], "x-check": rule("= 1 = 1")}}
    schema = {
        "type": "object",
        "properties": {"days": field},
        "allOf": [{"then": {"properties": {"days": {"x-check": rule("= days = [1]")}}}}],
    }
    with pytest.raises(FormUnreadable) as caught:
        load_form("x.json", json.dumps(schema).encode())
    assert caught.value.problems == (
        "x-check can only stand at a field",
        "days: x-check can only stand at the field itself",
    )
