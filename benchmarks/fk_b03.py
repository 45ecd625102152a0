"""The named workload: FK-B.03 as it is deployed, with people and workers that answer at once.

Diagram, forms and data files are those of the process application. Its handlers give fixed
answers, its completion checks demand nothing and every signature holds: what is measured is the
executor. The form of each user task gets further text fields, so that what is submitted has about
the asked number of bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from engine.completion_check import Check, Completion
from engine.diagram import read_diagram
from engine.external_task import Document, Handler
from engine.forms import Option, TableKeys
from engine.signatures import Evidence, Expectation
from engine.signatures.evidence import Signer
from handlers import discover
from tests.support.evidence import EVIDENCE

FOLDER = Path(__file__).parents[1] / "bpmn"
DIAGRAM = "fk_b03.bpmn"
APPLICATION = "fk_b03"
NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

FORM_BYTES = 10 * 1024
"""Bytes of JSON that each user task is completed with."""

FURTHER_FIELDS = 40

SIGNED = frozenset(
    {
        "request_check",
        "sign_application",
        "sign_again",
        "sign_for_customer",
        "sign_for_contractor",
    }
)
"""User tasks that are signed. SpiffWorkflow has no counterpart: they are no part of the cost."""

GROUPS = frozenset({"employer", "specialist", "director", "analyst", "unit_head"})

START = {"financial_year": 2026, "bin": "150140000022"}

FILED: Mapping[str, object] = {
    "requested_at": None,
    "representation": {"by": "self", "power": None},
    "case_notes": [],
    "at_counter": False,
    "counter_user": None,
}
"""What the check of the start gives: an application that the enterprise itself files."""

_DETAILS = {
    "name_kk": "«Үлгі-2» жауапкершілігі шектеулі серіктестігі",
    "name_ru": "Товарищество с ограниченной ответственностью «Улги-2»",
    "address_kk": "Алматы қаласы, Бостандық ауданы, Үлгі көшесі, 2-үй",
    "address_ru": "город Алматы, Бостандыкский район, улица Улги, дом 2",
    "head_kk": "Үлгібаев Әлі Өтегенұлы, директор",
    "head_ru": "Улгибаев Али Отегенулы, директор",
    "bank_kk": "«Үлгі Банк» АҚ",
    "bank_ru": "АО «Улги Банк»",
    "iban": "KZ65999KZT0000000202",
    "bic": "KCJBKZKX",
    "kbe": "17",
    "phone": "+7 (000) 000-00-02",
    "email": "ulgi-2@example.kz",
}
_FORM = {
    "region": "750000000",
    "district": "751410000",
    "settlement": "751410000",
    "no_education_order": True,
    "no_medical_care": True,
    "no_grants": True,
    "measure": "SW",
    "for_students": False,
    "for_disabled": False,
    "professional_area": "trade",
    "profession": "sales_assistant",
    "places": 2,
}

_CODES = [str(value) for value in (*_DETAILS.values(), *_FORM.values()) if isinstance(value, str)]

ANSWERS: Mapping[str, Mapping[str, object]] = {
    "request_check": {"request": "sign"},
    "fill_details": _DETAILS,
    "fill_application": _FORM,
    "sign_application": {"sending": "send"},
    "form_demand_supply": {"demand": 5, "supply": 7},
    "review_application": {"review": "conforms"},
    "enter_remark": {"remark": "Деректемелер толық емес"},
    "advise_employer": {"advice": "Деректемелерді толықтырыңыз"},
    "answer_remark": {"response": "resubmit"},
    "correct_details": _DETAILS,
    "correct_form": _FORM,
    "sign_again": {"sending": "send"},
    "send_list": {"list_note": "Тізім жіберілді"},
    "enter_decision": {"decision": "approve"},
    "complete_contract": {
        "contract_number": "1",
        "contract_sum": 1000000,
        "contract_end_date": "2026-12-31",
    },
    "sign_for_customer": {"director_decision": "sign"},
    "sign_for_contractor": {"employer_decision": "sign"},
    "publish_vacancy": {
        "title": "Сатушы-кеңесші",
        "duties": "Сатып алушыларға кеңес беру",
        "salary": 200000,
        "contact": "Үлгібаева Айгүл",
        "contact_phone": "+7 (000) 000-00-02",
    },
    "report_vacancy": {"vacancy_outcome": "filled"},
    "act_on_overdue": {"measures_taken": "Маманға ескертілді"},
    "monitor_vacancy": {"relevance": "relevant", "monitoring_note": "Өзекті"},
}
"""What people answer on the way to the vacancy that is filled."""

REWORK: Mapping[str, Mapping[str, object]] = {**ANSWERS, "review_application": {"review": "remark"}}
"""The same with a remark, which sends the application back to the employer."""

REJECTION: Mapping[str, Mapping[str, object]] = {
    **ANSWERS,
    "enter_decision": {"decision": "reject", "decision_reason": "Бюджет қаражаты таусылды"},
}
"""The same up to the centre's decision, which ends the application."""

REMARKED: Mapping[str, object] = {"field_remarks": {}, "remarked_values": {**_DETAILS, **_FORM}}
"""What the check of a remark gives: one that names no field, so that every field is open."""

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя "


def resources(form_bytes: int = FORM_BYTES) -> dict[str, bytes]:
    """The files of the deployment, the forms of its user tasks enlarged."""
    files = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }
    diagram = read_diagram(files[DIAGRAM], DIAGRAM)
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.type == "userTask" and element.form_key and form_bytes:
                files[element.form_key] = _enlarged(files[element.form_key])
    return files


def submission(
    answer: Mapping[str, object], number: int, form_bytes: int = FORM_BYTES
) -> dict[str, object]:
    """An answer with the further fields filled in. Each `number` gives other texts."""
    if not form_bytes:
        return dict(answer)
    missing = form_bytes - len(json.dumps(answer, ensure_ascii=False).encode())
    length = max(missing // (2 * FURTHER_FIELDS), 1)
    texts = {}
    for place in range(FURTHER_FIELDS):
        shift = (number + place) % len(_ALPHABET)
        turned = _ALPHABET[shift:] + _ALPHABET[:shift]
        texts[_further(place)] = (turned * (length // len(turned) + 1))[:length]
    return {**answer, **texts}


def handlers() -> dict[str, Handler]:
    """A handler for each topic of the application: its contract, and a fixed answer."""
    given = given_by_workers()
    return {
        topic: Handler(_answering(given.get(topic, {})), replace(handler.contract, ports={}))
        for topic, handler in discover().handlers.items()
    }


def checks() -> dict[str, Check]:
    """A completion check that demands nothing, for each of the application's."""

    def pass_everything(_completion: Completion) -> None:
        return None

    def begin(_completion: Completion) -> Mapping[str, object]:
        return FILED

    def remark(_completion: Completion) -> Mapping[str, object]:
        return REMARKED

    giving: dict[str, Check] = {"fk_b03.begin": begin, "fk_b03.remark": remark}
    return {**dict.fromkeys(discover().checks, pass_everything), **giving}


class EveryCodeIsKnown:
    """Classifiers and tables that hold what the workload answers with."""

    def on(self, _day: date, _connection: Any) -> EveryCodeIsKnown:
        """The same on every day."""
        return self

    def offered(self, _classifier: str, _level: str | None, _below: str | None) -> list[Option]:
        """Every code."""
        return [Option(code, {}) for code in _CODES]

    def named(self, _classifier: str, code: str) -> Option:
        """The code without a name."""
        return Option(code, {})

    def keys(self, _table: str) -> TableKeys:
        """The year of the workload."""
        return TableKeys((Option(str(START["financial_year"]), {}),))


@dataclass(frozen=True)
class Holding:
    """A signature that is anybody's."""

    evidence: Evidence

    def accept(self, _expect: Expectation) -> Evidence:
        """Whoever was to sign did."""
        return self.evidence


class EverySignatureHolds:
    """A verifier of signatures that does not look; its evidence names `signer`."""

    def __init__(self, signer: Signer = EVIDENCE.signer) -> None:
        self._signer = signer

    def examine(self, cms: bytes, content: bytes, at: datetime) -> Holding:
        """The evidence of a signature that holds."""
        return Holding(
            replace(
                EVIDENCE,
                signer=self._signer,
                verified_at=at,
                content_sha256=sha256(content).hexdigest(),
                cms_sha256=sha256(cms).hexdigest(),
                signature_sha256=sha256(cms).hexdigest(),
            )
        )


def _further(place: int) -> str:
    return f"note_{place + 1:02}"


def _enlarged(form: bytes) -> bytes:
    schema = json.loads(form)
    for place in range(FURTHER_FIELDS):
        label = f"{place + 1}"
        schema["properties"][_further(place)] = {
            "type": "string",
            "maxLength": 2000,
            "x-label": {"kk": label, "ru": label, "en": label},
        }
    return json.dumps(schema, ensure_ascii=False).encode()


def _answering(values: Mapping[str, Any]) -> Callable[..., Mapping[str, Any]]:
    def answer(**read: Any) -> Mapping[str, Any]:
        if "application" not in values:
            return values
        application = {**values["application"], "business_key": read["task"].business_key}
        return {**values, "application": application}

    return answer


def given_by_workers() -> dict[str, dict[str, Any]]:
    paper = Document("paper.pdf", "application/pdf", b"%PDF-1.7 " + bytes(4096))
    return {
        "fk_b03.check_eligibility": {
            "is_eligible": True,
            "eligibility": {"passed": True, "conditions": []},
            "listed_headcount": 12,
            "legal_form": "legal_entity",
            "enterprise_name": {"kk": "«Үлгі-2» ЖШС", "ru": "ТОО «Улги-2»"},
            "places_taken": 0,
        },
        "fk_b03.make_check_request": {"check_request": paper},
        "fk_b03.make_check_result": {"check_result": paper},
        "fk_b03.make_decision_document": {"decision_document": paper},
        "fk_b03.make_application_document": {
            "application_document": paper,
            "application": {
                **START,
                **_FORM,
                "centre": "almaty",
                "requisites": _DETAILS,
            },
            "profession_name": {"kk": "Сатушы", "ru": "Продавец", "en": "Sales assistant"},
            "centre": "almaty",
            "places_limit": 3,
        },
        "fk_b03.draft_contract": {"contract_draft": paper, "places_total": 2},
        "fk_b03.make_contract_document": {"contract_document": paper},
        "fk_b03.conclude_contract": {"concluded_on": "2026-03-02"},
        "fk_b03.publish_vacancy": {
            "vacancy": {"id": "V-1", "expires_on": "2026-06-01"},
            "published_by": "employer",
        },
    }
