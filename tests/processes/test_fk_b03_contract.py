"""Rows 3.3 to 5.1 over several applications: what the contract is for, and what a refusal frees."""

from __future__ import annotations

from tests.processes.fk_b03 import SYSTEM, TO_APPROVED, Office


def approved(office: Office, profession: str, places: int) -> str:
    case = office.start()
    office.do(case, "fill_details")
    office.do(case, "fill_application", profession=profession, places=places)
    office.walk(case, *TO_APPROVED[2:])
    return case


def taken(office: Office) -> int:
    """How many places the enterprise holds, as a new application is told."""
    offered = office.queries.instance(SYSTEM, office.start()).variables["places_offered"]
    assert isinstance(offered, dict)
    return int(offered["taken"])


def test_declining_frees_the_places_of_every_application(office: Office) -> None:
    before = taken(office)
    cases = [approved(office, "cashier", 3), approved(office, "storekeeper", 2)]
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    assert taken(office) == before + 5
    office.do(
        contract, "sign_for_contractor", employer_decision="decline", decline_reason="Передумали"
    )
    assert [office.outcome(case) for case in cases] == [("completed", "contract_declined")] * 2
    assert taken(office) == before


def test_an_application_that_joins_a_contract_sent_back_is_in_its_lines(office: Office) -> None:
    first = approved(office, "cashier", 3)
    (contract,) = office.contracts()
    office.do(contract, "complete_contract")
    office.do(contract, "sign_for_customer", director_decision="return", director_comment="Сумма?")
    office.clock.advance(hours=1)
    second = approved(office, "storekeeper", 2)
    assert office.contracts() == [contract]
    lines = office.queries.instance(SYSTEM, contract).variables["contract_lines"]
    assert isinstance(lines, list)
    keys = [office.row(case).business_key for case in (first, second)]
    assert [line["application"] for line in lines] == keys
    assert lines[0]["joined_at"] < lines[1]["joined_at"]
    assert [(line["profession"]["ru"], line["places"]) for line in lines] == [
        ("Кассир", 3),
        ("Кладовщик", 2),
    ]


def test_the_director_is_asked_anew_after_a_return(office: Office) -> None:
    approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.do(contract, "complete_contract")
    office.do(contract, "sign_for_customer", director_decision="return", director_comment="Сумма?")
    office.do(contract, "complete_contract")
    person, task = office.task(contract, "sign_for_customer")
    asked = office.queries.task(person.actor, task.id)
    assert asked.values == {}
    assert not asked.has_draft
