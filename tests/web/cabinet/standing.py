"""Applications of FK-B.03 in every status, as tests bring them there."""

from __future__ import annotations

from collections.abc import Callable

from tests.processes.fk_b03 import FAILS_SOCIAL_PAYMENTS, REGISTRY_DOWN, Office

BIN = "150140000012"
REVIEWED = ("form_demand_supply", "review_application")
DECIDED = (*REVIEWED, "send_list", "enter_decision")
HANDED_OVER = ("complete_contract", "sign_for_customer")


def draft(office: Office, *done: str) -> str:
    """An application that was not sent, with these of its tasks done."""
    case = office.start(bin=BIN)
    for element in done:
        office.do(case, element, **({"places": 1} if element == "fill_application" else {}))
    return case


def sent(office: Office) -> str:
    return draft(office, "fill_details", "fill_application", "sign_application")


def returned(office: Office, *done: str) -> str:
    """An application with a remark, and these tasks of its correction done."""
    case = sent(office)
    office.walk(case, "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.walk(case, "enter_remark", "advise_employer")
    for element in done:
        office.do(case, element, **({"places": 1} if element == "correct_form" else {}))
    return case


def approved(office: Office) -> str:
    case = sent(office)
    office.walk(case, *DECIDED)
    return case


def concluded(office: Office) -> str:
    case = approved(office)
    office.walk(office.contracts()[-1], *HANDED_OVER, "sign_for_contractor")
    return case


def published(office: Office) -> str:
    case = concluded(office)
    office.walk(case, "publish_vacancy")
    return case


def _ended(office: Office, **choice: str) -> str:
    case = published(office)
    office.do(case, "report_vacancy", **choice)
    return case


def _archived(office: Office) -> str:
    case = published(office)
    office.clock.advance(days=91)
    office.work()
    return case


def _reply_expired(office: Office) -> str:
    case = returned(office)
    office.clock.advance(days=15)
    office.work()
    return case


def _rejected(office: Office) -> str:
    case = sent(office)
    office.walk(case, *REVIEWED, "send_list")
    office.do(case, "enter_decision", decision="reject", decision_reason="Мест нет")
    return case


def _deleted(office: Office) -> str:
    case = draft(office, "fill_details", "fill_application")
    office.do(case, "sign_application", sending="delete")
    return case


def _withdrawn(office: Office) -> str:
    case = returned(office)
    office.do(case, "answer_remark", response="withdraw")
    return case


def _declined(office: Office) -> str:
    case = approved(office)
    contract = office.contracts()[-1]
    office.walk(contract, *HANDED_OVER)
    office.do(
        contract, "sign_for_contractor", employer_decision="decline", decline_reason="Передумали"
    )
    return case


def signing(office: Office) -> str:
    case = approved(office)
    office.walk(office.contracts()[-1], *HANDED_OVER)
    return case


def _with_customer(office: Office) -> str:
    approved(office)
    contract = office.contracts()[-1]
    office.walk(contract, "complete_contract")
    return contract


def _drafting(office: Office) -> str:
    approved(office)
    return office.contracts()[-1]


STANDING: dict[str, Callable[[Office], str]] = {
    "archived": _archived,
    "reply_expired": _reply_expired,
    "being_checked": lambda office: office.start("employer-5", bin=REGISTRY_DOWN),
    "check_not_requested": lambda office: office.begin(bin=BIN),
    "check_not_passed": lambda office: office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS),
    "not_sent": draft,
    "deleted": _deleted,
    "under_review": sent,
    "returned": returned,
    "withdrawn": _withdrawn,
    "rejected": _rejected,
    "contract_signing": signing,
    "contract_concluded": concluded,
    "contract_declined": _declined,
    "published": published,
    "vacancy_filled": lambda office: _ended(office, vacancy_outcome="filled"),
    "vacancy_withdrawn": lambda office: _ended(office, vacancy_outcome="withdrawn"),
    "contract_with_customer": _with_customer,
    "contract_drafting": _drafting,
    "approved": approved,
}
"""How a case is brought to each status; those that take time first, all can stand side by side."""
