"""What holds for a whole page is asked once while the page is made, and anew where one acts."""

from __future__ import annotations

from typing import Any, cast

import pytest
from flask import Flask

from engine.queries import Queries
from web.once import once_a_page


class Asked:
    """Counts its questions."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, tuple[Any, ...]]] = []

    def statuses(self, *of: object) -> int:
        self.questions.append(("statuses", of))
        return len(self.questions)

    def task(self, *of: object) -> int:
        self.questions.append(("task", of))
        return len(self.questions)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def seen(asked: Asked) -> Any:
    return once_a_page(cast(Queries, asked))


def test_a_page_asks_once_for_each_process(app: Flask, asked: Asked) -> None:
    with app.test_request_context("/cabinet/"):
        answers = [seen(asked).statuses("aigul", each) for each in ("a", "b", "a", "b")]
    assert answers == [1, 2, 1, 2]


def test_another_page_asks_anew(app: Flask, asked: Asked) -> None:
    for _page in range(2):
        with app.test_request_context("/cabinet/"):
            seen(asked).statuses("aigul", "a")
    assert len(asked.questions) == 2


def test_what_a_page_may_change_is_asked_each_time(app: Flask, asked: Asked) -> None:
    with app.test_request_context("/cabinet/"):
        assert [seen(asked).task("t") for _ in range(2)] == [1, 2]
    with app.test_request_context("/cabinet/", method="POST"):
        assert [seen(asked).statuses("aigul", "a") for _ in range(2)] == [3, 4]


def test_outside_a_request_everything_is_asked(asked: Asked) -> None:
    assert [seen(asked).statuses("aigul", "a") for _ in range(2)] == [1, 2]
