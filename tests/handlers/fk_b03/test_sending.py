"""Until when an application is sent, and with a check of what age."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.completion_check import CompletionRefused
from handlers.fk_b03 import records
from tests.support.languages import in_all_languages

Complete = Callable[..., Mapping[str, Any] | None]
REQUESTED = {
    "requested_at": "2026-02-16T09:00:00+05:00",
    "send_until": "2026-03-02T23:59:59+05:00",
}
BOTH = pytest.mark.parametrize("check", ["fk_b03.application", "fk_b03.take_places"])
FRESH_UNTIL = {"eligibility": {"passed": True, "fresh_until": "2026-03-02T10:30:00+05:00"}}


def taken(database: Engine) -> int:
    with database.begin() as connection:
        return records.count_taken(connection, "150140000022", 2026)


@BOTH
@pytest.mark.parametrize(
    ("day", "changes", "part"),
    [
        (date(2026, 3, 3), {}, "до 02.03.2026 23:59:59"),
        (date(2027, 1, 4), {"send_until": "2027-01-15T23:59:59+05:00"}, "2026 финансовый год"),
        (date(2027, 1, 4), {"send_until": None}, "2026 финансовый год"),
    ],
    ids=["after the term", "after the year", "after the year without a term"],
)
def test_it_is_too_late_to_send(
    complete: Complete,
    database: Engine,
    variables: dict[str, Any],
    check: str,
    day: date,
    changes: dict[str, Any],
    part: str,
) -> None:
    late = variables | REQUESTED | changes
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete(check, connection, late, today=day)
    assert part in refused.value.fields[""]["ru"]
    assert in_all_languages(refused.value.fields)
    assert taken(database) == 0


@BOTH
@pytest.mark.parametrize("changes", [{}, {"filing": {"filed_at": "2026-02-20T09:00:00+05:00"}}])
def test_it_is_in_time(
    complete: Complete,
    database: Engine,
    variables: dict[str, Any],
    check: str,
    changes: dict[str, Any],
) -> None:
    """On the last day; later for an application that was sent and came back."""
    day = date(2026, 3, 9) if changes else date(2026, 3, 2)
    with database.begin() as connection:
        complete(check, connection, variables | REQUESTED | changes, today=day)


def test_a_check_that_is_no_longer_fresh_is_made_again(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    stale = variables | FRESH_UNTIL
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.take_places", connection, stale, submitted={"sending": "send"})
    assert "«Изменить»" in refused.value.fields[""]["ru"]
    assert in_all_languages(refused.value.fields)
    with database.begin() as connection:
        assert (
            complete("fk_b03.take_places", connection, stale, submitted={"sending": "edit"}) == {}
        )


@pytest.mark.parametrize(
    ("changes", "submitted"),
    [
        ({"eligibility": {"fresh_until": "2026-03-02T10:30:01+05:00"}}, {"sending": "send"}),
        ({"eligibility": {"fresh_until": None}}, {"sending": "send"}),
        ({**FRESH_UNTIL, "filing": {"filed_at": "…"}}, {"sending": "send"}),
        (FRESH_UNTIL, {}),
    ],
    ids=["fresh", "unknown", "sent again", "nothing to edit with"],
)
def test_the_check_is_good_enough_to_send(
    complete: Complete,
    database: Engine,
    variables: dict[str, Any],
    changes: dict[str, Any],
    submitted: dict[str, str],
) -> None:
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables | changes, submitted=submitted)
    assert taken(database) == 2
