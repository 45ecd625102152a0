"""The topics, run as the engine runs them, with ports of a demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.external_task import ContractBroken, Document, TemporaryFailure
from handlers.fk_b03.contract import ApplicationsDiffer
from handlers.fk_b03.ledger import PlacesLedger
from handlers.shared.labour_market import (
    FileLabourMarket,
    LabourMarket,
    LabourMarketUnavailable,
)
from tests.support.poppler import text_of

Run = Callable[..., dict[str, Any]]
Example = Callable[[str], dict[str, Any]]
Ports = dict[type, object]

CHECK = "fk_b03.check_eligibility"
GOOD: dict[str, Any] = {"bin": "150140000022", "financial_year": 2026}


class FullLedger:
    """Two places are taken."""

    def taken(self, identifier: str, financial_year: int, *, except_for: str = "") -> int:
        return 2


def test_places_that_are_taken_are_taken_off(run: Run, example: Example, ports: Ports) -> None:
    ports[PlacesLedger] = FullLedger()
    assert run(CHECK, GOOD)["places_taken"] == 2
    given = run("fk_b03.make_application_document", example("fk_b03.make_application_document"))
    assert given["places_limit"] == 0


def test_the_application_document_goes_to_the_centre_of_the_place(
    run: Run, example: Example
) -> None:
    variables = example("fk_b03.make_application_document")
    given = run("fk_b03.make_application_document", variables)
    assert given["centre"] == "almaty"
    assert given["places_limit"] == 2
    assert given["profession_name"]["kk"] == "Сатушы-кеңесші"
    assert given["application"]["requisites"]["iban"] == variables["iban"]
    assert given["application"]["business_key"] == "FK-B.03/2026/000002"
    document = given["application_document"]
    assert isinstance(document, Document)
    assert (document.name, document.media_type) == (
        "application FK-B.03-2026-000002.pdf",
        "application/pdf",
    )


def test_a_detail_that_is_missing_breaks_the_contract(run: Run, example: Example) -> None:
    variables = example("fk_b03.make_application_document")
    del variables["head_kk"]
    with pytest.raises(ContractBroken, match="head_kk"):
        run("fk_b03.make_application_document", variables)


def test_a_confirmation_that_is_not_given_is_no_error(run: Run, example: Example) -> None:
    variables = example("fk_b03.make_application_document") | {"no_grants": None}
    assert run("fk_b03.make_application_document", variables)["centre"] == "almaty"


def test_the_application_document_says_what_is_signed_in_both_languages(
    run: Run, example: Example
) -> None:
    given = run("fk_b03.make_application_document", example("fk_b03.make_application_document"))
    text = text_of(given["application_document"].content)
    for part in (
        "мемлекеттік білім беру тапсырысын алмағанын растаймын",
        "Подтверждаю, что предприятие не получало грантов",
        "Уақытша жұмыс орындарын ұйымдастыру орны",
        "Бостандыкский",
        "Сатушы-кеңесші",
        "Продавец-консультант",
    ):
        assert part in text


def test_the_draft_counts_all_places_and_has_open_lines(run: Run, example: Example) -> None:
    given = run("fk_b03.draft_contract", example("fk_b03.draft_contract"))
    assert given["places_total"] == 3
    assert "ШАРТ ЖОБАСЫ / ПРОЕКТ ДОГОВОРА" in text_of(given["contract_draft"].content)


def test_the_lines_of_the_contract_are_in_words_and_keep_when_each_joined(
    run: Run, example: Example
) -> None:
    variables = example("fk_b03.draft_contract")
    both = variables["applications"]
    first = run("fk_b03.draft_contract", {"applications": both[:1]})["contract_lines"]
    assert [line["application"] for line in first] == [both[0]["business_key"]]
    assert first[0]["profession"]["kk"] == "Сатушы-кеңесші"
    assert first[0]["settlement"]["ru"] == "Бостандыкский район"
    earlier = [{**first[0], "joined_at": "2026-01-15T00:00:00+00:00"}]
    again = run("fk_b03.draft_contract", {**variables, "contract_lines": earlier})
    joined = [line["joined_at"] for line in again["contract_lines"]]
    assert joined == ["2026-01-15T00:00:00+00:00", first[0]["joined_at"]]


def test_the_contract_sums_places_by_profession_where_it_has_several_applications(
    run: Run, example: Example
) -> None:
    variables = example("fk_b03.make_contract_document")
    first, second = variables["applications"]
    third = {**first, "business_key": "FK-B.03/2026/000009", "places": 4}
    several = run(
        "fk_b03.make_contract_document", {**variables, "applications": [first, second, third]}
    )
    text = text_of(several["contract_document"].content)
    total = first["places"] + 4
    assert "Всего по профессиям:" in text
    assert f"Продавец-консультант – {total}" in text
    alone = run("fk_b03.make_contract_document", {**variables, "applications": [first]})
    assert "Всего по профессиям" not in text_of(alone["contract_document"].content)


@pytest.mark.parametrize(
    ("first", "second", "carried"),
    [
        ("2026-03-02T05:00:00+00:00", "2026-03-02T09:30:00+05:00", 0),
        ("2026-03-02T04:00:00+00:00", "2026-03-02T09:30:00+05:00", 1),
        ("2026-03-02T04:00:00+00:00", "2026-03-02T04:00:00+00:00", 1),
        ("2026-03-02T04:00:00+00:00", None, 0),
        (None, None, 1),
    ],
)
def test_the_details_are_those_that_were_signed_last(
    run: Run, example: Example, first: str | None, second: str | None, carried: int
) -> None:
    variables = example("fk_b03.make_contract_document")
    both = variables["applications"]
    for application, filed_at, phone in zip(both, (first, second), ("+7 01", "+7 02"), strict=True):
        application["filed_at"] = filed_at
        application["requisites"]["phone"] = phone
    given = run("fk_b03.make_contract_document", variables)
    details = given["contract_details"]
    assert details["application"] == both[carried]["business_key"]
    assert [each["application"] for each in details["others"]] == [
        both[1 - carried]["business_key"]
    ]
    (differs,) = details["others"][0]["details"]
    assert (differs["label"]["ru"], differs["value"]) == ("Телефон", ("+7 02", "+7 01")[carried])
    text = text_of(given["contract_document"].content)
    assert ("+7 01", "+7 02")[carried] in text
    assert differs["value"] not in text


def test_details_that_are_alike_are_told_once(run: Run, example: Example) -> None:
    details = run("fk_b03.draft_contract", example("fk_b03.draft_contract"))["contract_details"]
    assert len(details["details"]) == 13
    assert details["others"] == []


def test_the_contract_holds_its_terms_in_both_languages(run: Run, example: Example) -> None:
    variables = example("fk_b03.make_contract_document")
    document = run("fk_b03.make_contract_document", variables)["contract_document"]
    text = text_of(document.content)
    for part in ("27-2026/СЖО", "25.12.2026", "Тапсырыс беруші", "Исполнитель", "Аспаз", "Повар"):
        assert part in text
    assert "1 530 000,50 ₸" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "бюджетке өтеуге міндетті" in text
    assert "ПРОЕКТ" not in text


def test_a_repeated_try_makes_the_same_bytes(run: Run, example: Example) -> None:
    variables = example("fk_b03.make_contract_document")
    first, again = (run("fk_b03.make_contract_document", variables) for _ in range(2))
    assert first == again


def test_applications_of_two_employers_are_no_contract(run: Run, example: Example) -> None:
    variables = example("fk_b03.draft_contract")
    variables["applications"][1]["bin"] = "150140000012"
    with pytest.raises(ApplicationsDiffer, match="one employer"):
        run("fk_b03.draft_contract", variables)


def test_the_contract_is_concluded_on_the_day_of_the_last_signature(run: Run) -> None:
    assert run("fk_b03.conclude_contract", {}) == {"concluded_on": "2026-03-02"}


def test_the_employer_s_vacancy_is_completed_from_the_application(
    run: Run, example: Example
) -> None:
    given = run("fk_b03.publish_vacancy", example("fk_b03.publish_vacancy"))
    vacancy = given["vacancy"]
    assert given["published_by"] == "employer"
    assert vacancy["salary"] == 120000
    assert vacancy["contact"] == "Үлгіқызы Өмірзия"
    assert vacancy["contact_email"] == "ulgi-2@example.kz"
    assert (vacancy["published_on"], vacancy["expires_on"]) == ("2026-03-02", "2026-05-31")
    assert vacancy["last_day"] == "2026-05-30"


def test_the_portal_publishes_what_the_application_tells(run: Run, example: Example) -> None:
    application = example("fk_b03.publish_vacancy")["application"]
    variables = {"application": application, "publisher": "portal", "title": None}
    given = run("fk_b03.publish_vacancy", variables)
    assert given["published_by"] == "portal"
    assert given["vacancy"]["title"] == "Сатушы-кеңесші / Продавец-консультант"
    assert given["vacancy"]["places"] == 2
    assert given["vacancy"]["id"] == "V-FK-B.03/2026/000002"


def test_a_vacancy_is_entered_once_however_often_it_is_tried(
    run: Run, example: Example, ports: Ports, tmp_path: Path
) -> None:
    for _ in range(2):
        run("fk_b03.register_vacancy", example("fk_b03.register_vacancy"), job="register")
        run("fk_b03.close_vacancy", example("fk_b03.close_vacancy"), job="close")
    market = ports[LabourMarket]
    assert isinstance(market, FileLabourMarket)
    assert [entry["action"] for entry in market.entries()] == ["register", "close"]
    assert market.entries()[0]["vacancy"]["published_by"] == "employer"


def test_a_labour_market_system_that_is_down_is_tried_again(
    run: Run, example: Example, ports: Ports
) -> None:
    class Down:
        def register(self, vacancy: Mapping[str, Any], key: str) -> None:
            raise LabourMarketUnavailable("it is down")

        def close(self, vacancy_id: str, outcome: str, key: str) -> None:
            raise LabourMarketUnavailable("it is down")

    ports[LabourMarket] = Down()
    for topic in ("fk_b03.register_vacancy", "fk_b03.close_vacancy"):
        with pytest.raises(TemporaryFailure, match="it is down"):
            run(topic, example(topic))


def test_every_topic_has_an_example_that_runs(
    run: Run, example: Example, applications: Any
) -> None:
    for topic in applications.handlers:
        run(topic, example(topic), job=topic)
