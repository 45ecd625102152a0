"""The topics, run as the engine runs them, with ports of a demonstration."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.external_task import ContractBroken, Document, TemporaryFailure
from handlers.fk_b03.contract import ApplicationsDiffer
from handlers.fk_b03.history import (
    DatabaseEligibilityHistory,
    EligibilityHistory,
    RememberedEligibilityHistory,
)
from handlers.fk_b03.ledger import PlacesLedger
from handlers.shared.inquiries import Inquiries, RememberedInquiries
from handlers.shared.labour_market import (
    FileLabourMarket,
    LabourMarket,
    LabourMarketUnavailable,
)
from handlers.shared.notifications import Cabinet, RememberedCabinet
from handlers.shared.reference_data import ReferenceData
from handlers.shared.registries import EnterpriseRegistry, RegistryUnavailable
from tests.support.pieces import missing

Run = Callable[..., dict[str, Any]]
Example = Callable[[str], dict[str, Any]]
Ports = dict[type, object]

CHECK = "fk_b03.check_eligibility"
GOOD: dict[str, Any] = {"bin": "150140000022", "financial_year": 2026}
IN_DEBT: dict[str, Any] = {"bin": "150140001050", "financial_year": 2026}


class CountingRegistry:
    """Asks another registry and counts the questions; `down` answers nothing, or these not."""

    def __init__(self, registry: Any) -> None:
        self.registry = registry
        self.questions = 0
        self.down: bool | set[str] = False
        self.asked: list[str] = []

    def ask(self, registry: str, identifier: str) -> Mapping[str, Any] | None:
        self.questions += 1
        self.asked.append(registry)
        if self.down is True or (self.down and registry in self.down):
            raise RegistryUnavailable(registry, "it is down")
        answer: Mapping[str, Any] | None = self.registry.ask(registry, identifier)
        return answer


class FullLedger:
    """Two places are taken."""

    def taken(self, identifier: str, financial_year: int, *, except_for: str = "") -> int:
        return 2


@pytest.fixture
def registry(ports: Ports) -> CountingRegistry:
    counting = CountingRegistry(ports[EnterpriseRegistry])
    ports[EnterpriseRegistry] = counting
    return counting


def test_the_check_gives_verdict_headcount_form_and_name(run: Run) -> None:
    given = run(CHECK, GOOD)
    assert given["is_eligible"] is True
    assert given["listed_headcount"] == 12
    assert given["legal_form"] == "legal_entity"
    assert given["enterprise_name"] == {"kk": "«Үлгі-2» ЖШС", "ru": "ТОО «Үлгі-2»"}
    assert len(given["eligibility"]["conditions"]) == 13
    assert given["places_taken"] == 0
    json.dumps(given)


def test_a_fresh_passed_check_is_used_without_asking_again(
    run: Run, registry: CountingRegistry, now: datetime
) -> None:
    first = run(CHECK, GOOD, job="1")
    asked = registry.questions
    registry.down = True
    again = run(CHECK, GOOD, job="2", at=now + timedelta(hours=23), key="another application")
    assert again == first
    assert registry.questions == asked


def test_a_check_that_is_no_longer_fresh_is_made_anew(
    run: Run, registry: CountingRegistry, now: datetime
) -> None:
    run(CHECK, GOOD, job="1")
    asked = registry.questions
    again = run(CHECK, GOOD, job="2", at=now + timedelta(days=1))
    assert registry.questions == 2 * asked
    assert again["eligibility"]["checked_at"] == (now + timedelta(days=1)).isoformat()


def test_a_failed_check_stands_until_a_new_one_is_possible(
    run: Run, registry: CountingRegistry, now: datetime
) -> None:
    first = run(CHECK, IN_DEBT, job="1")
    asked = registry.questions
    assert not first["is_eligible"]
    assert run(CHECK, IN_DEBT, job="2", at=now + timedelta(days=9)) == first
    assert registry.questions == asked
    later = run(CHECK, IN_DEBT, job="3", at=now + timedelta(days=10))
    assert registry.questions == 2 * asked
    assert later["eligibility"]["next_check_from"] > first["eligibility"]["next_check_from"]


def test_a_registry_that_is_down_is_not_a_refusal(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    registry.down = True
    with pytest.raises(TemporaryFailure, match="Expected an answer from registry"):
        run(CHECK, GOOD)
    history = ports[EligibilityHistory]
    assert isinstance(history, RememberedEligibilityHistory)
    assert history.latest(GOOD["bin"], 2026) is None
    registry.down = False
    assert run(CHECK, GOOD)["is_eligible"]


def test_a_retry_asks_only_those_that_have_not_answered(
    run: Run, registry: CountingRegistry, ports: Ports, now: datetime
) -> None:
    registry.down = {"social_payments", "heads"}
    with pytest.raises(TemporaryFailure) as failure:
        run(CHECK, GOOD, job="1", retries_left=3)
    assert _is_about(failure.value.retry_after, timedelta(minutes=1))
    assert not failure.value.counts
    assert "Налоги и социальные платежи / Taxes" in str(failure.value)
    assert "Руководители и учредители юридических лиц" in str(failure.value)
    registry.asked, registry.down = [], {"social_payments"}
    with pytest.raises(TemporaryFailure) as failure:
        run(CHECK, GOOD, job="1", at=now + timedelta(hours=2), retries_left=3)
    assert _is_about(failure.value.retry_after, timedelta(minutes=10))
    assert sorted(registry.asked) == ["heads", "social_payments"]
    registry.asked, registry.down = [], set()
    given = run(CHECK, GOOD, job="1", at=now + timedelta(hours=3), retries_left=1)
    assert registry.asked == ["social_payments"]
    assert given["eligibility"]["passed"]
    assert given["eligibility"]["fresh_until"] == (now + timedelta(days=1)).isoformat()
    assert _inquiries(ports).states == {}


def test_an_answer_that_can_not_be_used_is_awaited_like_none(
    run: Run, registry: CountingRegistry, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = registry.ask
    monkeypatch.setattr(
        registry, "ask", lambda name, bin: {"matches": "yes"} if name == "heads" else ask(name, bin)
    )
    with pytest.raises(TemporaryFailure, match="in its answer matches is 'yes'"):
        run(CHECK, GOOD, job="1")
    monkeypatch.setattr(registry, "ask", ask)
    registry.asked = []
    assert run(CHECK, GOOD, job="1")["is_eligible"]
    assert registry.asked == ["heads"]


@pytest.mark.parametrize(("left", "state"), [(3, "waiting"), (1, "operator"), (0, "operator")])
def test_when_it_has_lasted_for_long_tries_count_and_then_an_operator_is_waited_for(
    run: Run, registry: CountingRegistry, ports: Ports, now: datetime, left: int, state: str
) -> None:
    registry.down = {"heads"}
    for minutes, wait in ((0, 1), (1, 10), (11, 60), (71, 60), (6 * 24 * 60, 60)):
        with pytest.raises(TemporaryFailure) as failure:
            run(CHECK, GOOD, job="1", at=now + timedelta(minutes=minutes), retries_left=left)
        assert _is_about(failure.value.retry_after, timedelta(minutes=wait))
        assert not failure.value.counts
        assert _inquiries(ports).states == {"1": "waiting"}
    with pytest.raises(TemporaryFailure) as failure:
        run(CHECK, GOOD, job="1", at=now + timedelta(days=7), retries_left=left)
    assert failure.value.counts
    assert _inquiries(ports).states == {"1": state}


def test_that_nothing_is_registered_is_not_believed_where_its_heads_are_known(
    run: Run, registry: CountingRegistry, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = registry.ask
    lost = {"business_register"}
    monkeypatch.setattr(registry, "ask", lambda name, bin: None if name in lost else ask(name, bin))
    with pytest.raises(TemporaryFailure, match="a number whose heads another registry knows"):
        run(CHECK, GOOD, job="1")
    lost.add("heads")
    assert not run(CHECK, GOOD, job="2")["is_eligible"], "nothing is known of it anywhere"


def test_who_waited_for_a_check_is_told_once_that_it_is_done(
    run: Run, registry: CountingRegistry, ports: Ports, now: datetime
) -> None:
    told = {**GOOD, "notice_when_done": "check/done"}
    run(CHECK, told, job="at once")
    cabinet = ports[Cabinet]
    assert isinstance(cabinet, RememberedCabinet)
    assert cabinet.messages == {}, "nobody waited"
    registry.down = {"heads"}
    later = now + timedelta(days=2)
    with pytest.raises(TemporaryFailure):
        run(CHECK, GOOD, job="1", at=later)
    assert cabinet.messages == {}
    registry.down = False
    for _ in range(2):
        run(CHECK, told | {"email": "a@example.kz"}, job="1", at=later + timedelta(minutes=1))
    (message,) = cabinet.messages.values()
    assert (message.notice, message.party, message.email) == (
        "check/done",
        GOOD["bin"],
        "a@example.kz",
    )
    assert message.subject["ru"] == "Проверка завершена: FK-B.03/2026/000002"


def test_where_a_change_of_status_tells_it_the_check_itself_does_not(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    registry.down = {"heads"}
    with pytest.raises(TemporaryFailure):
        run(CHECK, GOOD, job="1")
    registry.down = False
    assert run(CHECK, GOOD, job="1")["is_eligible"]
    cabinet = ports[Cabinet]
    assert isinstance(cabinet, RememberedCabinet)
    assert cabinet.messages == {}


def test_of_a_check_that_is_not_passed_the_diagram_tells(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    registry.down = {"heads"}
    with pytest.raises(TemporaryFailure):
        run(CHECK, IN_DEBT, job="1")
    registry.down = False
    assert not run(CHECK, IN_DEBT, job="1")["is_eligible"]
    cabinet = ports[Cabinet]
    assert isinstance(cabinet, RememberedCabinet)
    assert cabinet.messages == {}
    assert _inquiries(ports).states == {}


def test_a_check_of_another_application_ends_the_waiting_too(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    registry.down = {"heads"}
    with pytest.raises(TemporaryFailure):
        run(CHECK, GOOD, job="1")
    registry.down = False
    run(CHECK, GOOD, job="2", key="another application")
    registry.asked = []
    assert run(CHECK, GOOD, job="1")["is_eligible"]
    assert registry.asked == []
    assert _inquiries(ports).states == {}


def _is_about(wait: timedelta | None, most: timedelta) -> bool:
    """Whether it is the wait, or the part of it earlier that spreads what failed together."""
    return wait is not None and 0.8 * most <= wait <= most


def _inquiries(ports: Ports) -> RememberedInquiries:
    inquiries = ports[Inquiries]
    assert isinstance(inquiries, RememberedInquiries)
    return inquiries


def test_every_check_is_kept_once(
    run: Run, ports: Ports, begin: Any, now: datetime, reference_data: ReferenceData
) -> None:
    history = DatabaseEligibilityHistory(begin, reference_data)
    ports[EligibilityHistory] = history
    run(CHECK, IN_DEBT, job="1")
    run(CHECK, IN_DEBT, job="2", at=now + timedelta(days=11))
    latest = history.latest(IN_DEBT["bin"], 2026)
    assert latest is not None
    assert latest["eligibility"]["checked_at"] == (now + timedelta(days=11)).isoformat()
    history.keep("2", IN_DEBT["bin"], 2026, now, {"repeated": True})
    assert history.latest(IN_DEBT["bin"], 2026) == latest


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


def _text_of(document: Document) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        missing("pdftotext")
    done = subprocess.run(
        [program, "-raw", "-", "-"], input=document.content, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def test_the_application_document_says_what_is_signed_in_both_languages(
    run: Run, example: Example
) -> None:
    given = run("fk_b03.make_application_document", example("fk_b03.make_application_document"))
    text = _text_of(given["application_document"])
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
    assert "ШАРТ ЖОБАСЫ / ПРОЕКТ ДОГОВОРА" in _text_of(given["contract_draft"])


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
    text = " ".join(_text_of(several["contract_document"]).split())
    total = first["places"] + 4
    assert "Всего по профессиям:" in text
    assert f"Продавец-консультант – {total}" in text
    alone = run("fk_b03.make_contract_document", {**variables, "applications": [first]})
    assert "Всего по профессиям" not in _text_of(alone["contract_document"])


def test_the_contract_holds_its_terms_in_both_languages(run: Run, example: Example) -> None:
    variables = example("fk_b03.make_contract_document")
    document = run("fk_b03.make_contract_document", variables)["contract_document"]
    text = _text_of(document)
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
