"""The topics of FK-B.03. Each handler asks its ports and leaves the thinking to pure modules."""

from __future__ import annotations

from typing import Any, TypedDict

from engine.external_task import Document, ExternalTask, TemporaryFailure, external_task
from handlers.fk_b03 import contract, contract_details, inquiring
from handlers.fk_b03.application import (
    Application,
    Requisites,
    application_data,
    approved_payload,
    number_of,
)
from handlers.fk_b03.centres import centre, centre_code
from handlers.fk_b03.eligibility import still_decides
from handlers.fk_b03.history import TOPIC, EligibilityHistory
from handlers.fk_b03.ledger import PlacesLedger
from handlers.fk_b03.measures import measure_name
from handlers.fk_b03.naming import names_of, place_of, profession_name
from handlers.fk_b03.places import room_for
from handlers.fk_b03.rendering import rendered
from handlers.fk_b03.vacancy import VacancyForm, prefilled, published
from handlers.shared.classifiers import Classifiers
from handlers.shared.dated import read_duration
from handlers.shared.documents import PDF, file_name
from handlers.shared.gathering import gathers
from handlers.shared.inquiries import Inquiries
from handlers.shared.labour_market import LabourMarket, LabourMarketUnavailable
from handlers.shared.notice_texts import NoticeTexts
from handlers.shared.notifications import Cabinet
from handlers.shared.reference_data import ReferenceData
from handlers.shared.registries import EnterpriseRegistry
from handlers.shared.texts import Texts


class CheckGiven(TypedDict):
    """What row 1.3 finds out, with the places that the enterprise holds already."""

    is_eligible: bool
    eligibility: dict[str, Any]
    listed_headcount: int
    legal_form: str
    enterprise_name: dict[str, str]
    places_taken: int


@external_task(TOPIC)
def check_eligibility(
    task: ExternalTask,
    registry: EnterpriseRegistry,
    inquiries: Inquiries,
    history: EligibilityHistory,
    ledger: PlacesLedger,
    cabinet: Cabinet,
    notices: NoticeTexts,
    reference_data: ReferenceData,
    bin: str,
    financial_year: int,
    email: str = "",
    notice_when_done: str = "",
) -> CheckGiven:
    """Row 1.3: the thirteen conditions, and how many places the enterprise holds already.

    An earlier check of the enterprise is used where it still decides: it passed and is fresh, or
    it failed and a new one is not possible yet. A registry that is down is a TemporaryFailure:
    the next try asks only those that have not answered. Whoever had to wait for a check that was
    passed is told so by `notice_when_done`, where the diagram gives one: where no change of status
    tells it.
    """
    has_waited = inquiries.kept(task.idempotency_key, task.now) is not None
    outcome = history.latest(bin, financial_year)
    if outcome is None or not still_decides(outcome["eligibility"], task.now):
        outcome = inquiring.carry_out(task, registry, inquiries, reference_data, bin)
        history.keep(task.idempotency_key, bin, financial_year, task.now, outcome)
    if has_waited and outcome["is_eligible"] and notice_when_done:
        inquiring.tell_done(task, cabinet, notices, notice_when_done, bin, email)
    inquiries.end(task.idempotency_key)
    return CheckGiven(
        is_eligible=outcome["is_eligible"],
        eligibility=outcome["eligibility"],
        listed_headcount=outcome["listed_headcount"],
        legal_form=outcome["legal_form"],
        enterprise_name=outcome["enterprise_name"],
        places_taken=ledger.taken(bin, financial_year, except_for=number_of(task)),
    )


class ApplicationDocumentGiven(TypedDict):
    """What is signed in row 1.4, and where it goes.

    `application` is the payload for the contract; `places_limit` is None where there is no limit.
    """

    application_document: Document
    application: dict[str, Any]
    profession_name: dict[str, str]
    centre: str
    places_limit: int | None


@external_task("fk_b03.make_application_document")
@gathers("application", "requisites")
def make_application_document(
    task: ExternalTask,
    ledger: PlacesLedger,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    application: Application,
    requisites: Requisites,
    representation: dict | None = None,
) -> ApplicationDocumentGiven:
    """Row 1.4: the application as a document to sign, for the centre of the place of work."""
    key = number_of(task)
    areas = reference_data.table("fk_b03/centres")
    code = centre_code(areas, application.place, task.today)
    centres = reference_data.table("fk_b03/centre_details")
    taken = ledger.taken(application.bin, application.financial_year, except_for=key)
    limit = room_for(task.decide, application, taken, task.today).left
    names = names_of(reference_data, classifiers.on(task.today), application)
    data = application_data(
        application,
        requisites,
        names,
        centre(centres, code, task.today),
        number=key,
        places_limit=limit,
        day=task.today,
        representation=(representation or {}).get("texts"),
    )
    content = rendered(reference_data, "application", data)
    document = Document(file_name("application", key), PDF, content)
    return ApplicationDocumentGiven(
        application_document=document,
        application=approved_payload(application, requisites, business_key=key, centre=code),
        profession_name=names.profession,
        centre=code,
        places_limit=limit,
    )


class DraftGiven(TypedDict):
    """The draft, its lines in words, the details it carries, and how many places it is for."""

    contract_draft: Document
    contract_lines: list[dict[str, Any]]
    contract_details: dict[str, Any]
    places_total: int


@external_task("fk_b03.draft_contract")
def draft_contract(
    task: ExternalTask,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    applications: list,
    contract_lines: list | None = None,
) -> DraftGiven:
    """Row 3.3: the draft contract of all approved applications.

    A draft that is made anew keeps when each application joined it.
    """
    places = _places(task, reference_data, classifiers, applications)
    return DraftGiven(
        contract_draft=_contract_document(task, reference_data, applications, places, None),
        contract_lines=contract.lines_of(places, contract_lines or (), task.now),
        contract_details=_details(reference_data, applications),
        places_total=contract.places_total(applications),
    )


class ContractDocumentGiven(TypedDict):
    """The contract as it is signed, and the details that it carries."""

    contract_document: Document
    contract_details: dict[str, Any]


@external_task("fk_b03.make_contract_document")
def make_contract_document(
    task: ExternalTask,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    applications: list,
    contract_number: str,
    contract_sum: float,
    contract_end_date: str,
) -> ContractDocumentGiven:
    """Row 3.4: the contract with its number, sum and last day, ready for the director."""
    terms = contract.ContractTerms.of(contract_number, contract_sum, contract_end_date)
    places = _places(task, reference_data, classifiers, applications)
    document = _contract_document(task, reference_data, applications, places, terms)
    return ContractDocumentGiven(
        contract_document=document, contract_details=_details(reference_data, applications)
    )


class ConclusionGiven(TypedDict):
    """The day of the conclusion, ISO 8601."""

    concluded_on: str


@external_task("fk_b03.conclude_contract")
def conclude_contract(task: ExternalTask) -> ConclusionGiven:
    """Row 5.1: both sides have signed; the contract is concluded on the day of the last one."""
    return ConclusionGiven(concluded_on=task.today.isoformat())


class VacancyGiven(TypedDict):
    """The vacancy as it is published, and by whom: `employer` or `portal`."""

    vacancy: dict[str, Any]
    published_by: str


@external_task("fk_b03.publish_vacancy")
@gathers("form")
def publish_vacancy(
    task: ExternalTask,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    application: dict,
    publisher: str,
    form: VacancyForm,
) -> VacancyGiven:
    """Rows 6.1 and 6.2: what the employer did not write is taken from the application."""
    profession = profession_name(classifiers.on(task.today), application["profession"])
    measure = measure_name(reference_data, application["measure"])
    period = reference_data.table("fk_b03/terms").value("publication", task.today)
    vacancy = published(
        form.completed_by(prefilled(application, profession, measure)),
        application,
        published_on=task.today,
        period=read_duration(period),
    )
    return VacancyGiven(vacancy=vacancy, published_by=publisher)


@external_task("fk_b03.register_vacancy")
def register_vacancy(
    task: ExternalTask, labour_market: LabourMarket, vacancy: dict, published_by: str
) -> None:
    """Row 6.3: the vacancy enters the labour market system."""
    try:
        labour_market.register({**vacancy, "published_by": published_by}, task.idempotency_key)
    except LabourMarketUnavailable as error:
        raise TemporaryFailure(str(error)) from error


@external_task("fk_b03.close_vacancy")
def close_vacancy(
    task: ExternalTask, labour_market: LabourMarket, vacancy: dict, vacancy_outcome: str = "expired"
) -> None:
    """The vacancy is filled, withdrawn or expired: the labour market system is told."""
    try:
        labour_market.close(vacancy["id"], vacancy_outcome, task.idempotency_key)
    except LabourMarketUnavailable as error:
        raise TemporaryFailure(str(error)) from error


def _places(
    task: ExternalTask,
    reference_data: ReferenceData,
    classifiers: Classifiers,
    applications: list[dict[str, Any]],
) -> list[contract.Place]:
    in_force = classifiers.on(task.today)
    return [place_of(reference_data, in_force, application) for application in applications]


def _details(reference_data: ReferenceData, applications: list[dict[str, Any]]) -> dict[str, Any]:
    def label(name: str) -> Texts:
        return reference_data.field_label((contract_details.FORM,), name)

    return contract_details.details_of(applications, label)


def _contract_document(
    task: ExternalTask,
    reference_data: ReferenceData,
    applications: list[dict[str, Any]],
    places: list[contract.Place],
    terms: contract.ContractTerms | None,
) -> Document:
    parties = contract.parties_of(applications)
    centres = reference_data.table("fk_b03/centre_details")
    data = contract.contract_data(
        parties, centre(centres, parties.centre, task.today), places, terms, task.today
    )
    content = rendered(reference_data, "contract", data)
    name = file_name("contract", terms.number) if terms else file_name("draft contract")
    return Document(name, PDF, content)
