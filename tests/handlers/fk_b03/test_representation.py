"""Filing for another: what is kept, and what is said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from handlers.fk_b03.representation import power_refusal, representation_of

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
EMPLOYER, SPECIALIST = frozenset({"employer"}), frozenset({"specialist"})
POWER = {
    "filing_ground": "power_of_attorney",
    "power_holder": "Демо Өкіл",
    "power_holder_iin": "850312390018",
    "power_number": "7",
    "power_date": "2026-01-10",
    "power_until": "2026-12-31",
}


def filed(submitted: dict[str, Any], groups: frozenset[str] = EMPLOYER) -> dict[str, Any]:
    return representation_of(submitted, user="somebody", groups=groups, now=NOW)


def test_the_head_files_without_a_word() -> None:
    found = filed({"filing_ground": "head"})
    assert (found["ground"], found["at_counter"], found["power"]) == ("head", False, None)
    assert found["texts"] == {}
    assert filed({}) == found


def test_a_representative_is_named_with_the_power() -> None:
    found = filed(POWER)
    assert found["power"] == {
        "holder": "Демо Өкіл",
        "holder_iin": "850312390018",
        "number": "7",
        "date": "2026-01-10",
        "until": "2026-12-31",
    }
    assert found["texts"]["ru"] == (
        "Заявку подаёт представитель по доверенности: Демо Өкіл, ИИН 850312390018, доверенность "
        "№ 7 от 10.01.2026, действует до 31.12.2026. Подписывает первый руководитель или "
        "представитель с действующей доверенностью."
    )
    assert set(found["texts"]) == {"kk", "ru", "en"}


def test_staff_file_at_the_counter_whatever_the_form_says() -> None:
    found = filed({"filing_ground": "head"}, SPECIALIST)
    assert found["at_counter"]
    assert (found["filed_by"], found["filed_at"]) == ("somebody", "2026-03-02T04:00:00+00:00")
    assert found["texts"]["en"].startswith("The application was entered by a specialist")


def test_the_holder_of_an_power_refusal_may_not_sign() -> None:
    found = filed(POWER)
    holder, head = "850312390018", "900101300037"
    assert power_refusal(found, iin=holder, today=date(2026, 12, 31)) is None
    refused = power_refusal(found, iin=holder, today=date(2027, 1, 1))
    assert refused is not None
    assert refused["ru"].startswith("Доверенность действовала до 31.12.2026")
    assert power_refusal(found, iin=head, today=date(2027, 1, 1)) is None
    assert power_refusal(None, iin=holder, today=date(2027, 1, 1)) is None


def test_nor_before_it_begins() -> None:
    refused = power_refusal(filed(POWER), iin="850312390018", today=date(2026, 1, 9))
    assert refused is not None
    assert refused["ru"].startswith("Доверенность действует с 10.01.2026")
    assert power_refusal(filed(POWER), iin="850312390018", today=date(2026, 1, 10)) is None
