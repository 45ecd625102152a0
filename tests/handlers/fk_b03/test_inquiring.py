"""The check of row 1.3: which registries are asked, what is kept, who is awaited and told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.external_task import TemporaryFailure
from handlers.fk_b03.history import (
    DatabaseEligibilityHistory,
    EligibilityHistory,
    RememberedEligibilityHistory,
)
from handlers.shared.inquiries import Inquiries, RememberedInquiries
from handlers.shared.notifications import Cabinet, Message, RememberedCabinet
from handlers.shared.reference_data import ReferenceData
from handlers.shared.registries import EnterpriseRegistry, RegistryUnavailable

Run = Callable[..., dict[str, Any]]
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


def put_off(
    run: Run, registry: CountingRegistry, enterprise: dict[str, Any], **when: datetime
) -> None:
    """A check that had to wait for a registry; it answers from now on."""
    registry.down = {"heads"}
    with pytest.raises(TemporaryFailure):
        run(CHECK, enterprise, job="1", **when)
    registry.down = False


def messages(ports: Ports) -> dict[str, Message]:
    cabinet = ports[Cabinet]
    assert isinstance(cabinet, RememberedCabinet)
    return cabinet.messages


def test_who_waited_for_a_check_is_told_once_that_it_is_done(
    run: Run, registry: CountingRegistry, ports: Ports, now: datetime
) -> None:
    told = {**GOOD, "notice_when_done": "check/done"}
    run(CHECK, told, job="at once")
    assert messages(ports) == {}, "nobody waited"
    later = now + timedelta(days=2)
    put_off(run, registry, GOOD, at=later)
    assert messages(ports) == {}
    for _ in range(2):
        run(CHECK, told | {"email": "a@example.kz"}, job="1", at=later + timedelta(minutes=1))
    (message,) = messages(ports).values()
    assert (message.notice, message.party, message.email) == (
        "check/done",
        GOOD["bin"],
        "a@example.kz",
    )
    assert message.subject["ru"] == "Проверка завершена: FK-B.03/2026/000002"


def test_where_a_change_of_status_tells_it_the_check_itself_does_not(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    put_off(run, registry, GOOD)
    assert run(CHECK, GOOD, job="1")["is_eligible"]
    assert messages(ports) == {}


def test_of_a_check_that_is_not_passed_the_diagram_tells(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    put_off(run, registry, IN_DEBT)
    assert not run(CHECK, IN_DEBT, job="1")["is_eligible"]
    assert messages(ports) == {}
    assert _inquiries(ports).states == {}


def test_a_check_of_another_application_ends_the_waiting_too(
    run: Run, registry: CountingRegistry, ports: Ports
) -> None:
    put_off(run, registry, GOOD)
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
