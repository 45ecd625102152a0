"""FK-B.03 as tests walk it: an installation, its people, and an answer for every form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.commands import CompleteTask, PrepareSignature, StartProcessInstance
from engine.identity import Actor
from handlers.shared import demo
from handlers.shared.classifier_files import read_shipped
from tests.support.house import Clock
from web.bootstrap import demo_authority, install
from web.configuration import read_configuration
from web.people import Person

BIN = "150140000012"
SOLE_TRADER = "900101300037"
FAILS_SOCIAL_PAYMENTS = "150140001050"
REGISTRY_DOWN = "150140002019"
BEGINNING = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SYSTEM = Actor.system()

START = {"financial_year": 2026, "bin": BIN}
DETAILS = {
    "name_kk": "«Үлгі-1» ЖШС",
    "name_ru": "ТОО «Үлгі-1»",
    "address_kk": "Алматы қ., Үлгі көшесі, 1",
    "address_ru": "г. Алматы, ул. Үлгі, 1",
    "head_kk": "Демо Басшы",
    "head_ru": "Демо Руководитель",
    "bank_kk": "Демо банк",
    "bank_ru": "Демо банк",
    "iban": "KZ86125KZT5004100100",
    "bic": "KCJBKZKX",
    "kbe": "17",
    "phone": "+7 727 000 00 01",
    "email": "demo@example.kz",
}
APPLICATION = {
    "region": "750000000",
    "district": "751110000",
    "no_education_order": True,
    "no_medical_care": True,
    "no_grants": True,
    "measure": "YP",
    "for_students": False,
    "for_disabled": False,
    "professional_area": "trade",
    "profession": "cashier",
    "places": 3,
}
PROFESSIONS = dict(
    sorted(
        (
            (entry.code, entry.parent)
            for edition, _source, _data in read_shipped(demo.CLASSIFIERS)
            for entry in edition.entries
            if entry.level == "profession"
        ),
        key=lambda each: each[0] != APPLICATION["profession"],
    )
)
"""The area of each profession of the demonstration; the one of `APPLICATION` comes first."""

VACANCY = {
    "title": "Кассир",
    "duties": "Работа на кассе",
    "salary": 120000,
    "contact": "Демо Кадры",
    "contact_phone": "+7 727 000 00 02",
}
ANSWERS: Mapping[str, Mapping[str, object]] = {
    "request_check": {"request": "sign"},
    "fill_details": DETAILS,
    "fill_application": APPLICATION,
    "sign_application": {"sending": "send"},
    "form_demand_supply": {"demand": 10, "supply": 12},
    "review_application": {"review": "conforms"},
    "act_on_overdue": {"measures_taken": "Поручено другому"},
    "enter_remark": {"remark": "Уточните адрес"},
    "advise_employer": {"advice": "Исправьте адрес в реквизитах"},
    "answer_remark": {"response": "resubmit"},
    "correct_details": DETAILS,
    "correct_form": APPLICATION,
    "sign_again": {"sending": "send"},
    "send_list": {},
    "enter_decision": {"decision": "approve"},
    "complete_contract": {
        "contract_number": "Д-1/2026",
        "contract_sum": 1080000,
        "contract_end_date": "2026-12-31",
    },
    "sign_for_customer": {"director_decision": "sign"},
    "sign_for_contractor": {"employer_decision": "sign"},
    "publish_vacancy": VACANCY,
    "report_vacancy": {"vacancy_outcome": "filled"},
    "monitor_vacancy": {"relevance": "relevant", "monitoring_note": "Актуальна"},
}
TO_SENT = ("fill_details", "fill_application", "sign_application")
TO_APPROVED = (*TO_SENT, "form_demand_supply", "review_application", "send_list", "enter_decision")
TO_CONCLUDED = ("complete_contract", "sign_for_customer", "sign_for_contractor")


class Office:
    """The installation with everyone in it. Tasks of any instance are done by element id."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.clock = Clock(BEGINNING)
        self._professions: dict[str, str] = {}
        environment = {"QADAM_DATA": str(data), "EDS_MODE": "demo", **(settings or {})}
        self.installation = install(read_configuration(environment), clock=self.clock)
        self.installation.deploy(note="test")
        self.engine = self.installation.engine
        self.queries = self.engine.queries
        authority = demo_authority(self.installation.configuration)
        assert authority is not None
        self.authority = authority

    def close(self) -> None:
        self.engine.close()

    # -- acting

    def start(self, user: str = "employer-1", **values: object) -> str:
        """Begins an application, signs its request, and lets the automatic steps be done."""
        instance_id = self.file(user, **values)
        self.work()
        return instance_id

    def file(self, user: str = "employer-1", **values: object) -> str:
        """Begins an application and signs its request, which nobody works on yet.

        At the counter nothing is signed.
        """
        instance_id = self.begin(user, **values)
        if self.open(instance_id) == ["request_check"]:
            person, task = self.task(instance_id, "request_check", user)
            command = self.signed(person, task.id, ANSWERS["request_check"])
            self.engine.execute(command, person.actor)
        return instance_id

    def begin(self, user: str = "employer-1", **values: object) -> str:
        """Begins an application; its request is not signed yet."""
        command = StartProcessInstance("fk_b03", {**START, **values})
        instance_id: str = self.engine.execute(command, self.person(user).actor).instance_id
        self.work()
        return instance_id

    def work(self) -> None:
        """Lets the automatic steps be done."""
        self.installation.executor.run_until_idle()

    def walk(self, instance_id: str, *elements: str) -> None:
        """Does tasks in order, each with its usual answer."""
        for element in elements:
            self.do(instance_id, element)

    def do(self, instance_id: str, element: str, user: str | None = None, **values: object) -> Any:
        """Does one open task; `values` change its usual answer. It is signed where asked for."""
        person, task = self.task(instance_id, element, user)
        return self.complete(person, task.id, self.answer(instance_id, element, **values))

    def answer(self, instance_id: str, element: str, **values: object) -> dict[str, object]:
        """The usual answer of a task with other `values`; each application has its profession."""
        usual = dict(ANSWERS[element])
        if element in ("fill_application", "correct_form"):
            usual |= self._profession_of(instance_id, values.get("profession"))
        return {**usual, **values}

    def _profession_of(self, instance_id: str, chosen: object) -> dict[str, object]:
        """The chosen profession, or that of the case: the first that the fewest others have."""
        if chosen is None and instance_id not in self._professions:
            chosen = min(PROFESSIONS, key=list(self._professions.values()).count)
        if chosen is not None:
            self._professions[instance_id] = str(chosen)
        profession = self._professions[instance_id]
        return {"professional_area": PROFESSIONS.get(profession), "profession": profession}

    def complete(self, person: Person, task_id: str, values: Mapping[str, object]) -> Any:
        command = CompleteTask(task_id, values)
        if self.queries.task(person.actor, task_id).signature is not None:
            command = self.signed(person, task_id, values)
        done = self.engine.execute(command, person.actor)
        self.work()
        return done

    def signed(self, person: Person, task_id: str, values: Mapping[str, object]) -> CompleteTask:
        """The completion with a signature by the person's own demo key."""
        prepared = self.engine.execute(PrepareSignature(task_id), person.actor)
        content = self.engine.document_content(prepared.document_id)
        task = self.queries.task(person.actor, task_id)
        own = task.party if task.party in person.bins else next(iter(person.bins), None)
        if task.party == person.iin or (task.signature and task.signature.as_representative):
            own = None
        cms = self.authority.sign(content, iin=person.iin or "", bin=own, name=person.names["ru"])
        return CompleteTask(task_id, values, cms, prepared.nonce)

    def person(self, user: str, **limits: Any) -> Person:
        found = self.installation.people.find(user)
        assert found is not None, user
        return replace(found, **limits)

    # -- looking

    def task(self, instance_id: str, element: str, user: str | None = None) -> tuple[Person, Any]:
        """The open task of an element, with the first person it is offered to."""
        people = [self.person(user)] if user else list(self.installation.people)
        for person in people:
            for tab in ("group", "mine"):
                for task in self.queries.task_list(person.actor, tab, limit=100).rows:
                    if (task.instance_id, task.element_id) == (instance_id, element):
                        return person, task
        raise AssertionError(f"{element} is not open; open: {self.open(instance_id)}")

    def open(self, instance_id: str) -> list[str]:
        """The elements of the open tasks, sorted."""
        waiting = self.queries.instance(SYSTEM, instance_id).row.waiting_for
        return sorted(each.element_id for each in waiting if each.candidate_groups)

    def row(self, instance_id: str) -> Any:
        return self.queries.instance(SYSTEM, instance_id).row

    def outcome(self, instance_id: str) -> tuple[str, str | None]:
        """(state, status)."""
        row = self.row(instance_id)
        return row.state, row.status

    def contracts(self) -> list[str]:
        """The ids of the contract instances, oldest first."""
        page = self.queries.instance_list(
            SYSTEM, state="all", process_id="fk_b03_contract", limit=100
        )
        return sorted(row.id for row in page.rows)

    def approved(self, **values: object) -> str:
        """An application that the centre approved."""
        instance_id = self.start(**values)
        self.walk(instance_id, *TO_APPROVED)
        return instance_id

    def concluded(self) -> str:
        """An application whose contract was signed by both sides."""
        instance_id = self.approved()
        self.walk(self.contracts()[-1], *TO_CONCLUDED)
        return instance_id
