"""The topics that make documents of the check (row 1.3) and of the decision (rows 3.1, 3.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from engine.external_task import Document, ExternalTask, external_task
from handlers.fk_b03 import centres
from handlers.fk_b03.application import number_of
from handlers.fk_b03.check_documents import Checked, request_data, result_data
from handlers.fk_b03.decision_document import Decided, decision_data
from handlers.fk_b03.eligibility import TABLE
from handlers.fk_b03.history import EligibilityHistory
from handlers.fk_b03.naming import legal_form_name, place_of
from handlers.fk_b03.rendering import rendered
from handlers.shared.classifiers import Classifiers
from handlers.shared.documents import PDF, file_name
from handlers.shared.people_names import PeopleNames
from handlers.shared.reference_data import ReferenceData

_AGAIN = "check_result_again"
_DECISIONS = {
    "approve": {"kk": "Өтінім мақұлданды.", "ru": "Заявка одобрена."},
    "reject": {"kk": "Өтінімнен бас тартылды.", "ru": "Заявка отклонена."},
}


class CheckRequestGiven(TypedDict):
    """What is signed with «Тексеруден өту»."""

    check_request: Document


@external_task("fk_b03.make_check_request")
def make_check_request(
    task: ExternalTask,
    reference_data: ReferenceData,
    history: EligibilityHistory,
    bin: str,
    financial_year: int,
    representation: dict | None = None,
    enterprise_name: dict | None = None,
    requested_at: str | None = None,
) -> CheckRequestGiven:
    """Row 1.3: the request for the check of an enterprise, to be signed.

    `requested_at` is there where it was taken in writing at the counter. The name of the
    enterprise is that of its last check, where the case does not hold it yet.
    """
    number = number_of(task)
    earlier = history.latest(bin, financial_year)
    name = enterprise_name or (earlier["enterprise_name"] if earlier else {})
    data = request_data(
        Checked(number, bin, financial_year, name),
        reference_data.table(TABLE).extras["conditions"],
        representation=representation or {},
        made_at=datetime.fromisoformat(requested_at) if requested_at else task.now,
    )
    content = rendered(reference_data, "check_request", data)
    return CheckRequestGiven(
        check_request=Document(file_name("check request", number), PDF, content)
    )


class CheckResultGiven(TypedDict):
    """The thirteen conditions with their reasons, on paper."""

    check_result: Document


@external_task("fk_b03.make_check_result")
def make_check_result(
    task: ExternalTask,
    reference_data: ReferenceData,
    bin: str,
    financial_year: int,
    eligibility: dict,
    listed_headcount: int,
    legal_form: str,
    enterprise_name: dict,
    check_result: dict | None = None,
) -> CheckResultGiven:
    """Row 1.3: what the check came to, for the employer and the centre.

    Where the case holds the result of a check already, this is another document, of another kind:
    that of the second check.
    """
    number = number_of(task)
    is_again = check_result is not None
    data = result_data(
        Checked(number, bin, financial_year, enterprise_name),
        eligibility,
        legal_form=legal_form_name(reference_data, legal_form),
        listed_headcount=listed_headcount,
        is_again=is_again,
        made_at=task.now,
    )
    name = file_name("second check result" if is_again else "check result", number)
    content = rendered(reference_data, "check_result", data)
    kind = _AGAIN if is_again else None
    return CheckResultGiven(check_result=Document(name, PDF, content, kind))


class DecisionDocumentGiven(TypedDict):
    """The centre's decision on paper."""

    decision_document: Document


@external_task("fk_b03.make_decision_document")
def make_decision_document(
    task: ExternalTask,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    people: PeopleNames,
    application: dict,
    centre: str,
    decision: str,
    decision_reason: str | None = None,
    decided_by: str | None = None,
    decided_at: str | None = None,
) -> DecisionDocumentGiven:
    """Rows 3.1 and 3.2: the decision on an application, by whom and why.

    `decided_by` and `decided_at` are what the check `fk_b03.decision` noted; without them the
    document names the centre alone, and the moment at which it is made.
    """
    decided = Decided(
        decision=_DECISIONS[decision],
        reason=decision_reason or "",
        decided_by=people.of(decided_by) if decided_by else {},
        decided_at=datetime.fromisoformat(decided_at) if decided_at else task.now,
    )
    data = _decision_data(task, reference_data, classifiers, application, centre, decided)
    name = file_name("decision", number_of(task))
    content = rendered(reference_data, "decision", data)
    return DecisionDocumentGiven(decision_document=Document(name, PDF, content))


def _decision_data(
    task: ExternalTask,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    application: dict[str, Any],
    code: str,
    decided: Decided,
) -> dict[str, object]:
    in_force = classifiers.on(task.today)
    details = reference_data.table("fk_b03/centre_details")
    return decision_data(
        application,
        place_of(reference_data, in_force, application),
        centres.centre(details, code, task.today),
        decided,
    )
