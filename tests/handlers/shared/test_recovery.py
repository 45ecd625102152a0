"""Noticing that a registry which failed is back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers.shared.recovery import Recovery


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def recovery(told: list[str]) -> Recovery:
    made = Recovery()
    made.listen(told.append)
    return made


def test_only_the_first_answer_after_a_failure_is_told(recovery: Recovery, told: list[str]) -> None:
    recovery.failed("taxes")
    recovery.failed("taxes")
    assert told == []
    for _ in range(3):
        recovery.answered("taxes")
    assert told == ["taxes"]
    recovery.failed("taxes")
    recovery.answered("taxes")
    assert told == ["taxes", "taxes"], "that was another outage"


def test_what_was_before_the_start_nobody_knows_so_the_first_answer_is_told(
    recovery: Recovery, told: list[str]
) -> None:
    recovery.answered("taxes")
    recovery.answered("heads")
    recovery.answered("taxes")
    assert told == ["taxes", "heads"], "each for itself"


def test_many_answers_at_one_moment_are_told_once(recovery: Recovery, told: list[str]) -> None:
    recovery.failed("taxes")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(recovery.answered, ["taxes"] * 200))
    assert told == ["taxes"]


def test_a_listener_that_fails_takes_no_answer_away(
    recovery: Recovery, told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_registry: str) -> None:
        raise RuntimeError("no database")

    recovery.listen(fail)
    recovery.listen(told.append)
    recovery.answered("taxes")
    assert told == ["taxes", "taxes"]
    assert "could not be told" in caplog.text
