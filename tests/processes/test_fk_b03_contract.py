"""Rows 3.3 to 5.1 over several applications: what the contract is for, and what a refusal frees."""

from __future__ import annotations

from tests.processes.fk_b03 import DETAILS, SYSTEM, TO_APPROVED, Office
from tests.support.poppler import text_of

MOVED = {"address_kk": "Астана қ., Жаңа көшесі, 5", "address_ru": "г. Астана, ул. Жаңа, 5"}


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


def test_the_contract_carries_the_details_that_were_signed_last(office: Office) -> None:
    corrected, other = office.start(), office.start()
    for case in (corrected, other):
        office.walk(case, *TO_APPROVED[:4])
    office.do(corrected, "review_application", review="remark")
    office.walk(corrected, "enter_remark", "advise_employer", "answer_remark")
    office.clock.advance(minutes=5)
    office.do(corrected, "correct_details", **MOVED)
    office.walk(corrected, "correct_form", "sign_again", *TO_APPROVED[4:])
    office.walk(other, *TO_APPROVED[4:])
    (contract,) = office.contracts()
    for element, paper in (
        ("complete_contract", "contract_draft"),
        ("sign_for_customer", "contract_document"),
    ):
        variables = office.queries.instance(SYSTEM, contract).variables
        told, reference = variables["contract_details"], variables[paper]
        assert isinstance(told, dict) and isinstance(reference, dict)
        assert told["application"] == office.row(corrected).business_key
        values = [each["value"] for each in told["details"]]
        assert values == [{**DETAILS, **MOVED}[name] for name in DETAILS]
        (differing,) = told["others"]
        assert differing["application"] == office.row(other).business_key
        assert [each["value"] for each in differing["details"]] == [
            DETAILS["address_kk"],
            DETAILS["address_ru"],
        ]
        text = " ".join(text_of(office.engine.document_content(reference["document"])).split())
        assert MOVED["address_ru"] in text
        assert DETAILS["address_ru"] not in text
        office.do(contract, element)
