"""What a status allows, and the check before an application is deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.completion_check import CompletionRefused
from handlers.fk_b03.statuses import allows, status_names
from handlers.shared.reference_data import ReferenceData

Complete = Callable[..., object]


def test_statuses_are_named_and_say_what_they_allow(reference_data: ReferenceData) -> None:
    assert status_names(reference_data, "not_sent")["kk"] == "МО-ға жіберілмеген"
    assert status_names(reference_data, "unheard_of") == dict.fromkeys(
        ("kk", "ru", "en"), "unheard_of"
    )
    assert allows(reference_data, "not_sent", "delete")
    assert not allows(reference_data, "returned", "delete")
    assert not allows(reference_data, None, "delete")


def test_an_application_is_deleted_while_its_status_allows_it(complete: Complete) -> None:
    assert complete("fk_b03.delete", None, {}, status="not_sent") is None


@pytest.mark.parametrize(
    ("status", "name"),
    [("under_review", "На рассмотрении в КЦ"), ("approved", "Одобрена"), (None, "")],
)
def test_in_another_status_it_is_refused_in_three_languages(
    complete: Complete, status: str | None, name: str
) -> None:
    with pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.delete", None, {}, status=status)
    texts = refused.value.fields[""]
    assert texts["ru"] == f"Сейчас это невозможно: статус заявки – «{name}»."
    assert set(texts) == {"kk", "ru", "en"}
