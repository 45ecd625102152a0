"""FK-B.03: one test per path through the diagram, every flow taken at least once (measured)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.commands import CompleteTask, CorrelateMessage, RetryJob
from engine.completion_check import CompletionRefused
from engine.diagram import measure_coverage
from engine.errors import InvalidSubmission, NotFound
from handlers.shared.registries import EnterpriseRegistry
from tests.processes.fk_b03 import (
    FAILS_SOCIAL_PAYMENTS,
    REGISTRY_DOWN,
    SYSTEM,
    TO_APPROVED,
    TO_CONCLUDED,
    TO_SENT,
    Office,
)

TAKEN: dict[str, tuple[set[str], set[str]]] = {
    "fk_b03": (set(), set()),
    "fk_b03_contract": (set(), set()),
}


@pytest.fixture(autouse=True)
def note_what_was_taken(office: Office) -> Iterator[None]:
    """Gathers the elements and flows that the instances of each test took."""
    yield
    for row in office.queries.instance_list(SYSTEM, state="all", limit=100).rows:
        detail = office.queries.instance(SYSTEM, row.id)
        elements, flows = TAKEN[row.process_id]
        elements.update(detail.taken.elements)
        flows.update(detail.taken.flows)


def test_from_the_application_to_the_published_vacancy(office: Office) -> None:
    case = office.start()
    assert office.outcome(case) == ("active", "not_sent")
    office.walk(case, *TO_SENT)
    assert office.outcome(case) == ("active", "under_review")
    office.walk(case, *TO_APPROVED[len(TO_SENT) :])
    assert office.outcome(case) == ("active", "approved")
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    assert office.outcome(case) == ("active", "contract_signing")
    office.do(contract, "sign_for_contractor")
    assert office.outcome(contract)[0] == "completed"
    assert office.outcome(case) == ("active", "contract_concluded")
    office.do(case, "publish_vacancy")
    assert office.outcome(case) == ("active", "published")
    office.do(case, "report_vacancy")
    assert office.outcome(case) == ("completed", "vacancy_filled")
    assert office.queries.incidents(SYSTEM).rows == ()


def test_the_request_for_the_check_is_deleted_before_it_is_signed(office: Office) -> None:
    case = office.begin()
    assert office.outcome(case) == ("active", "check_not_requested")
    person, task = office.task(case, "request_check")
    office.engine.execute(CompleteTask(task.id, {"request": "delete"}), person.actor)
    office.work()
    assert office.outcome(case) == ("completed", "deleted")
    assert "eligibility" not in office.queries.instance(SYSTEM, case).variables


def test_at_the_counter_the_request_is_not_signed(office: Office) -> None:
    case = office.begin("specialist-1")
    assert office.outcome(case) == ("active", "not_sent")
    assert office.open(case) == ["fill_details"]


def test_1_3_refused_on_entering_with_reasons_and_the_date_of_the_next_check(
    office: Office,
) -> None:
    case = office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    assert office.outcome(case) == ("completed", "check_not_passed")
    verdict = office.queries.instance(SYSTEM, case).variables["eligibility"]
    failed = [each for each in verdict["conditions"] if each["met"] is False]
    assert [each["number"] for each in failed] == [5]
    assert "№ 275" in failed[0]["reason"]["ru"]
    assert verdict["next_check_from"].startswith("2026-03-12")


def test_1_3_refused_after_the_form_when_the_passed_check_is_no_longer_fresh(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.start()
    office.do(case, "fill_details")
    office.clock.advance(days=4)
    break_condition(office, monkeypatch)
    office.do(case, "fill_application")
    assert office.outcome(case) == ("completed", "check_not_passed")


def break_condition(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the registries know of a debt of whichever enterprise is asked for."""
    registry = office.engine.surroundings.ports[EnterpriseRegistry]
    ask = registry.ask

    def with_debt(name: str, identifier: str) -> object:
        if name == "social_payments":
            return {"months_paid": 3, "debt": True}
        return ask(name, identifier)

    monkeypatch.setattr(registry, "ask", with_debt)


def test_1_3_a_registry_that_is_down_is_an_incident_that_an_operator_retries(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.start("employer-5", bin=REGISTRY_DOWN)
    assert office.outcome(case) == ("active", "being_checked")
    for _ in range(9):
        assert office.queries.incidents(SYSTEM).rows == (), "for a week it is asked by itself"
        office.clock.advance(days=1)
        office.work()
    (incident,) = office.queries.incidents(SYSTEM).rows
    assert incident.element_id == "check_status"
    assert office.outcome(case) == ("active", "being_checked"), "down is no refusal"
    mend_registry(office, monkeypatch)
    office.engine.execute(RetryJob(incident.job_id), office.person("operator-1").actor)
    office.work()
    assert office.open(case) == ["fill_details"]
    assert office.queries.incidents(SYSTEM).rows == ()


def mend_registry(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The registries answer for the enterprise whose registry was down as for one that passes."""
    registry = office.engine.surroundings.ports[EnterpriseRegistry]
    ask = registry.ask
    monkeypatch.setattr(registry, "ask", lambda name, _identifier: ask(name, "150140000012"))


def test_1_4_edited_before_it_is_sent(office: Office) -> None:
    case = office.start()
    office.walk(case, "fill_details", "fill_application")
    office.do(case, "sign_application", sending="edit")
    assert office.open(case) == ["fill_details"]
    office.walk(case, *TO_SENT)
    assert office.open(case) == ["form_demand_supply"]


def test_1_4_deleted_before_it_is_sent(office: Office) -> None:
    case = office.start()
    office.walk(case, "fill_details", "fill_application")
    office.do(case, "sign_application", sending="delete")
    assert office.outcome(case)[0] == "completed"


def test_1_4_deleted_by_a_message_wherever_the_draft_stands(office: Office) -> None:
    for done in ((), ("fill_details",), ("fill_details", "fill_application")):
        case = office.start()
        office.walk(case, *done)
        command = CorrelateMessage("fk_b03.delete", office.row(case).business_key)
        office.engine.execute(command, office.person("employer-1").actor)
        assert office.outcome(case) == ("completed", "deleted")
        assert office.open(case) == []
    sent = office.start()
    office.walk(sent, *TO_SENT)
    command = CorrelateMessage("fk_b03.delete", office.row(sent).business_key)
    with pytest.raises(CompletionRefused) as refused:
        office.engine.execute(command, office.person("employer-1").actor)
    assert "«МО қарауында»" in refused.value.fields[""]["kk"]
    assert office.outcome(sent) == ("active", "under_review")


def returned(office: Office) -> str:
    case = office.start()
    office.walk(case, *TO_SENT, "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.walk(case, "enter_remark", "advise_employer")
    assert office.outcome(case) == ("active", "returned")
    return case


def test_2_3_returned_with_a_remark_corrected_and_signed_again(office: Office) -> None:
    case = returned(office)
    office.walk(case, "answer_remark", "correct_details", "correct_form")
    office.do(case, "sign_again", sending="edit")
    office.walk(case, "answer_remark", "correct_details", "correct_form", "sign_again")
    assert office.outcome(case) == ("active", "under_review")
    assert office.open(case) == ["review_application"]


def test_2_3_withdrawn_while_returned_frees_the_places(office: Office) -> None:
    case = returned(office)
    office.do(case, "answer_remark", response="withdraw")
    assert office.outcome(case) == ("completed", "withdrawn")
    again = office.start()
    office.walk(again, *TO_SENT)


def test_2_3_withdrawn_by_a_message_in_the_middle_of_the_correction(office: Office) -> None:
    case = returned(office)
    office.walk(case, "answer_remark", "correct_details")
    command = CorrelateMessage("fk_b03.withdraw", office.row(case).business_key)
    office.engine.execute(command, office.person("employer-1").actor)
    office.work()
    assert office.outcome(case) == ("completed", "withdrawn")
    again = office.start()
    office.walk(again, *TO_SENT)


def test_2_3_no_answer_in_time_goes_to_the_centre_with_its_remark(office: Office) -> None:
    case = returned(office)
    office.clock.advance(days=30)
    office.work()
    assert office.open(case) == ["send_list"]
    assert office.queries.instance(SYSTEM, case).variables["remark"] == "Уточните адрес"
    office.walk(case, "send_list", "enter_decision")
    assert office.outcome(case) == ("active", "approved")


def test_2_2_overdue_goes_to_the_head_of_the_unit_as_well(office: Office) -> None:
    case = office.start()
    office.walk(case, *TO_SENT, "form_demand_supply")
    office.clock.advance(days=10)
    office.work()
    assert office.open(case) == ["act_on_overdue", "review_application"]
    office.walk(case, "act_on_overdue", "review_application")
    assert office.open(case) == ["send_list"]


def test_3_1_rejected_is_told_and_frees_the_places(office: Office) -> None:
    case = office.start(bin="150140000022")
    office.do(case, "fill_details")
    office.do(case, "fill_application", places=2)
    office.walk(case, "sign_application", "form_demand_supply", "review_application", "send_list")
    office.do(case, "enter_decision", decision="reject", decision_reason="Мест нет")
    assert office.outcome(case) == ("completed", "rejected")
    again = office.start(bin="150140000022")
    office.do(again, "fill_details")
    office.do(again, "fill_application", places=2)
    office.do(again, "sign_application")
    assert office.outcome(again) == ("active", "under_review")


def test_4_1_sent_back_with_a_comment_then_a_new_document_is_signed(office: Office) -> None:
    office.approved()
    (contract,) = office.contracts()
    office.do(contract, "complete_contract")
    before = office.queries.instance(SYSTEM, contract).variables["contract_document"]
    office.do(contract, "sign_for_customer", director_decision="return", director_comment="Сумма?")
    assert office.open(contract) == ["complete_contract"]
    office.do(contract, "complete_contract", contract_sum=900000)
    after = office.queries.instance(SYSTEM, contract).variables["contract_document"]
    assert before["sha256"] != after["sha256"]
    office.walk(contract, "sign_for_customer", "sign_for_contractor")
    assert office.outcome(contract)[0] == "completed"


def test_5_1_declined_ends_both_and_frees_the_places(office: Office) -> None:
    case = office.approved(bin="150140000012")
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    office.do(
        contract, "sign_for_contractor", employer_decision="decline", decline_reason="Передумали"
    )
    assert office.outcome(contract)[0] == "completed"
    assert office.outcome(case) == ("completed", "contract_declined")
    again = office.start()
    office.walk(again, *TO_SENT)


def test_3_3_several_approvals_of_one_employer_make_one_contract(office: Office) -> None:
    professions = ["cashier", "storekeeper", "sales_assistant"]
    cases = [decided(office, profession) for profession in professions]
    (contract,) = office.contracts()
    applications = office.queries.instance(SYSTEM, contract).variables["applications"]
    assert [each["profession"] for each in applications] == professions
    office.walk(contract, *TO_CONCLUDED)
    for case in cases:
        assert office.outcome(case) == ("active", "contract_concluded")


def decided(office: Office, profession: str) -> str:
    """An approved application for a profession."""
    case = to_be_decided(office, profession)
    office.do(case, "enter_decision")
    return case


def to_be_decided(office: Office, profession: str) -> str:
    """An application for a profession that waits for the centre's decision."""
    case = office.start()
    office.do(case, "fill_details")
    office.do(case, "fill_application", profession=profession)
    office.walk(case, *TO_APPROVED[2:-1])
    return case


def test_3_3_an_approval_while_the_contract_is_being_drafted_joins_it(office: Office) -> None:
    cases = [to_be_decided(office, profession) for profession in ("cashier", "storekeeper")]
    hold, leave = hold_topic(office, "fk_b03.draft_contract")
    deciding = threading.Thread(target=office.do, args=(cases[0], "enter_decision"))
    deciding.start()
    assert hold.wait(60)
    office.do(cases[1], "enter_decision")
    leave.set()
    deciding.join()
    office.work()
    (contract,) = office.contracts()
    assert len(office.queries.instance(SYSTEM, contract).variables["applications"]) == 2
    office.walk(contract, *TO_CONCLUDED)


def hold_topic(office: Office, topic: str) -> tuple[threading.Event, threading.Event]:
    """Makes the first call of a handler wait: (it is being run, let it go on)."""
    running, go_on = threading.Event(), threading.Event()
    handlers = office.engine.surroundings.handlers
    handler = handlers[topic]

    def held(**arguments: object) -> object:
        if not running.is_set():
            running.set()
            assert go_on.wait(60)
        return handler.function(**arguments)

    handlers[topic] = replace(handler, function=held)  # type: ignore[index]
    return running, go_on


def test_6_2_published_by_the_system_on_the_third_working_day(office: Office) -> None:
    case = office.concluded()
    office.clock.now = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
    office.work()
    assert office.open(case) == ["publish_vacancy"], "the second working day is over, not more"
    office.clock.now = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)
    office.work()
    assert office.outcome(case) == ("active", "published")
    detail = office.queries.instance(SYSTEM, case)
    assert detail.variables["vacancy"]["published_on"] == "2026-03-05"


def test_6_the_vacancy_is_archived_after_ninety_calendar_days(office: Office) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    office.clock.advance(days=89)
    office.work()
    assert office.outcome(case)[0] == "active"
    office.clock.advance(days=2)
    office.work()
    assert office.outcome(case) == ("completed", "archived")


def test_6_the_analyst_monitors_until_the_vacancy_is_withdrawn(office: Office) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    for _ in range(2):
        office.clock.advance(days=35)
        office.work()
        assert "monitor_vacancy" in office.open(case)
        office.do(case, "monitor_vacancy")
    office.do(case, "report_vacancy", vacancy_outcome="withdrawn")
    assert office.outcome(case) == ("completed", "vacancy_withdrawn")


def test_everyone_sees_their_own_only(office: Office) -> None:
    case = office.start()
    office.walk(case, *TO_SENT)
    with pytest.raises(AssertionError):
        office.task(case, "form_demand_supply", "specialist-3")
    office.task(case, "form_demand_supply", "specialist-1")
    with pytest.raises(NotFound):
        office.queries.instance(office.person("employer-2").actor, case)
    with pytest.raises(InvalidSubmission) as refused:
        office.start("employer-2", bin="150140000012")
    assert list(refused.value.fields) == ["bin"]


def test_documents_and_messages_reach_the_employer(office: Office) -> None:
    case = office.concluded()
    key = office.row(case).business_key
    documents = {
        document.name: [signed.signer for signed in document.signatures]
        for document in office.queries.instance(SYSTEM, case).documents
    }
    assert documents == {
        f"check request {key}.pdf": ["employer-1"],
        f"check result {key}.pdf": [],
        f"second check result {key}.pdf": [],
        f"application {key}.pdf": ["employer-1"],
        f"decision {key}.pdf": [],
        "contract Д-1-2026.pdf": ["director-1", "employer-1"],
    }
    contract = office.queries.instance(SYSTEM, office.contracts()[0]).documents
    (signed_one,) = [each for each in contract if each.signatures]
    assert [signed.signer for signed in signed_one.signatures] == ["director-1", "employer-1"]
    post = office.installation.post
    mine = [each.message for each in post.received(office.person("employer-1").actor)]
    assert len(mine) >= 4
    assert all(set(message.body) == {"kk", "ru", "en"} for message in mine)
    assert post.received(office.person("employer-2").actor) == []


def test_every_flow_of_the_diagram_was_taken(
    office: Office,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    """Runs last in this file; the summary of the run prints the coverage of the diagram."""
    run = {item.name for item in request.session.items if item.path == request.path}
    if not {name for name in globals() if name.startswith("test_")} <= run:
        pytest.skip("the coverage of the diagram is measured over the whole file")
    definitions = {row.process_id: row.id for row in office.queries.definitions(SYSTEM)}
    missed = []
    for process_id, (elements, flows) in TAKEN.items():
        with office.engine.database.reading() as connection:
            definition = office.engine.surroundings.definitions.get(
                connection, definitions[process_id]
            )
        coverage = measure_coverage(definition.facts, elements, flows)
        record_property("measured", f"coverage of {coverage}")
        missed.extend(coverage.missed)
    assert missed == []
