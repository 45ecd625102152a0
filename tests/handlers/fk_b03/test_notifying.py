"""What the employer is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.external_task import TemporaryFailure
from handlers.fk_b03.notices import NoticeIncomplete, as_shown
from handlers.shared.dated import NoValidRow
from handlers.shared.notifications import Cabinet, CabinetUnavailable, Message, RememberedCabinet
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES

Run = Callable[..., dict[str, Any]]
Example = Callable[[str], dict[str, Any]]
BIN = "150140000022"


@pytest.fixture
def cabinet(ports: dict[type, object]) -> RememberedCabinet:
    found = ports[Cabinet]
    assert isinstance(found, RememberedCabinet)
    return found


def test_a_decision_reaches_the_cabinet_of_the_employer(
    run: Run, cabinet: RememberedCabinet
) -> None:
    variables = {"bin": BIN, "decision": "reject", "decision_reason": "Мест нет"}
    run("fk_b03.notify_decision", variables | {"email": "ulgi@example.kz"})
    (message,) = cabinet.messages.values()
    assert (message.party, message.notice, message.email) == (
        BIN,
        "decision/reject",
        "ulgi@example.kz",
    )
    assert message.subject["ru"] == "Заявка отклонена: FK-B.03/2026/000002"
    assert "Причина: Мест нет" in message.body["ru"]


def test_two_tries_of_one_job_send_one_message(run: Run, cabinet: RememberedCabinet) -> None:
    variables = {"bin": BIN, "decision": "approve"}
    run("fk_b03.notify_decision", variables, job="1")
    run("fk_b03.notify_decision", variables, job="1")
    run("fk_b03.notify_decision", variables, job="2")
    assert len(cabinet.messages) == 2


def test_the_contract_reaches_the_employer_of_its_applications(
    run: Run, cabinet: RememberedCabinet, example: Example
) -> None:
    run("fk_b03.notify_contract", example("fk_b03.notify_contract"))
    (message,) = cabinet.messages.values()
    assert (message.party, message.email) == (BIN, "ulgi-2@example.kz")
    assert "FK-B.03/2026/000002, FK-B.03/2026/000003" in message.body["kk"]


@pytest.mark.parametrize(
    ("closing", "subject"),
    [("withdrawn", "Заявка отозвана"), ("declined", "Отказ от договора")],
)
def test_a_closed_case_is_told(
    run: Run, cabinet: RememberedCabinet, closing: str, subject: str
) -> None:
    run("fk_b03.notify_closing", {"bin": BIN, "closing": closing, "decline_reason": None})
    (message,) = cabinet.messages.values()
    assert message.subject["ru"].startswith(subject)


def test_a_refusal_lists_what_failed_what_to_do_and_when_to_check_again(
    run: Run, cabinet: RememberedCabinet
) -> None:
    variables = {"bin": "150140001050", "financial_year": 2026}
    variables |= run("fk_b03.check_eligibility", variables)
    run("fk_b03.notify", variables | {"notice": "refused"})
    body = next(iter(cabinet.messages.values())).body["ru"]
    assert "5. Регулярно производит социальные платежи" in body
    assert "кабинет налогоплательщика" in body
    assert "Повторная проверка будет доступна с 12.03.2026 10:30:00" in body
    assert "{" not in body


def test_any_notice_is_filled_from_the_variables(
    run: Run, cabinet: RememberedCabinet, example: Example
) -> None:
    published = run("fk_b03.publish_vacancy", example("fk_b03.publish_vacancy"))
    run("fk_b03.notify", {"bin": BIN, "notice": "vacancy_published", **published})
    (message,) = cabinet.messages.values()
    assert message.subject["kk"] == "Бос жұмыс орны жарияланды: Сатушы-кеңесші"
    assert "по 30.05.2026 включительно" in message.body["ru"]
    assert "31.05.2026" not in message.body["ru"]


def test_an_unknown_notice_is_a_defect_and_named(run: Run) -> None:
    with pytest.raises(NoValidRow, match="nothing_such"):
        run("fk_b03.notify", {"bin": BIN, "notice": "nothing_such"})


def test_a_notice_is_not_sent_with_an_open_place(run: Run, cabinet: RememberedCabinet) -> None:
    variables = {"bin": BIN, "notice": "returned", "remark": "{braces}", "advice": None}
    with pytest.raises(NoticeIncomplete, match="answer_until for notice returned"):
        run("fk_b03.notify", variables)
    run("fk_b03.notify", variables | {"answer_until": "2026-03-06T18:00:00+05:00"})
    (message,) = cabinet.messages.values()
    assert "Замечание: {braces}" in message.body["ru"]


def test_a_cabinet_that_is_down_is_tried_again(run: Run, ports: dict[type, object]) -> None:
    class Down:
        def send(self, message: Message, key: str) -> None:
            raise CabinetUnavailable("the mail server is down")

    ports[Cabinet] = Down()
    with pytest.raises(TemporaryFailure, match="mail server"):
        run("fk_b03.notify_decision", {"bin": BIN, "decision": "approve"})


def test_every_notice_is_there_in_three_languages(reference_data: ReferenceData) -> None:
    for row in reference_data.table("fk_b03/notices").rows:
        for part in ("subject", "body"):
            assert all(row.value[part][language] for language in LANGUAGES), row.key


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-03-02", "02.03.2026"),
        ("2026-03-06T13:00:00+00:00", "06.03.2026 18:00:00"),
        ("150140000022", "150140000022"),
        ("2026", "2026"),
        (None, ""),
        (5, 5),
        ("текст", "текст"),
    ],
)
def test_dates_are_written_as_people_write_them(value: object, shown: object) -> None:
    assert as_shown(value) == shown


def test_a_returned_application_lists_the_remarks_on_its_fields(
    run: Run, cabinet: RememberedCabinet
) -> None:
    told = {"remark": "Уточните", "advice": "По телефону", "answer_until": "2026-03-12"}
    for number, remarks in enumerate(({"phone": "Не отвечает", "places": "Меньше"}, {}, None)):
        variables = {"bin": BIN, "notice": "returned", **told, "field_remarks": remarks}
        run("fk_b03.notify", variables, job=str(number))
    listed, empty, none = (message.body for message in cabinet.messages.values())
    assert "Замечание: Уточните\n— Телефон: Не отвечает\n— " in listed["ru"]
    assert ": Меньше\nКонсультация: По телефону" in listed["ru"]
    assert "— Telephone: Не отвечает" in listed["en"]
    assert empty == none
    assert empty["ru"].startswith("Замечание: Уточните\nКонсультация: По телефону")
