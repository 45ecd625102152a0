"""Cases of FK-B.03 that are brought where a test begins, before Qadam is served on their data."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.commands import SaveTaskDraft
from handlers.shared import demo
from tests.processes.fk_b03 import (
    ANSWERS,
    BIN,
    FAILS_SOCIAL_PAYMENTS,
    PROFESSIONS,
    REGISTRY_DOWN,
    SYSTEM,
    TO_APPROVED,
    TO_CONCLUDED,
    TO_SENT,
    Office,
)

ALMATY = {"region": "750000000", "district": "751110000"}
ASTANA = {"region": "710000000", "district": "711210000"}
LEFT_FREE = {"cashier", "waiter"}
"""Professions that nobody has applied for in Almaty: tests apply for them."""

TO_REVIEW = (*TO_SENT, "form_demand_supply")
TO_DECISION = TO_APPROVED[:-1]
WALKED = {
    "details": (),
    "double click": (),
    "wrong values kk": (),
    "wrong values ru": (),
    "wrong values en": (),
    "session gone": (),
    "two tabs": (),
    "elsewhere": (),
    "killed": (),
    "application": TO_SENT[:1],
    "guide form kk": TO_SENT[:1],
    "guide form ru": TO_SENT[:1],
    "sign": TO_SENT[:2],
    "guide kk": TO_SENT[:2],
    "guide ru": TO_SENT[:2],
    "demand": TO_SENT,
    "keyboard": TO_SENT,
    "claimed": TO_SENT,
    "markup": TO_SENT,
    "review": TO_REVIEW,
    "list": (*TO_REVIEW, "review_application"),
    "back": TO_REVIEW,
    "by keys": TO_REVIEW,
    "remark": TO_REVIEW,
    "decision": TO_DECISION,
    "rejection": TO_DECISION,
}
"""What was done already in each case."""

OF_LONG_AGO = timedelta(days=25)
REMARKED = {
    "remarked": (),
    "advised": ("enter_remark",),
    "answer": ("enter_remark", "advise_employer"),
    "corrected": ("enter_remark", "advise_employer", "answer_remark"),
    "corrected form": ("enter_remark", "advise_employer", "answer_remark", "correct_details"),
    "signed again": (
        *("enter_remark", "advise_employer", "answer_remark"),
        *("correct_details", "correct_form"),
    ),
}
"""What was done already in each application that has a remark; all are at the centre of Astana."""

CONTRACTS = {
    "published": TO_CONCLUDED,
    "vacancy": TO_CONCLUDED,
    "contract": TO_CONCLUDED[:2],
    "decline": TO_CONCLUDED[:2],
    "director": TO_CONCLUDED[:1],
    "director by keys": TO_CONCLUDED[:1],
    "draft": (),
}
"""What was done already in each contract; its application is «NAME: application»."""


@dataclass
class Cases:
    """Instances and their numbers by the name of the case, and the task that each waits for.

    Where there are several tasks, each is «NAME: element». `registry` is the file of the
    registries, which a test may mend; `mail` names an e-mail of the mailbox, `document` and
    `signature` what was made and signed in the case «published».
    """

    data: Path
    registry: Path
    instance: dict[str, str] = field(default_factory=dict)
    task: dict[str, str] = field(default_factory=dict)
    number: dict[str, str] = field(default_factory=dict)
    definition: dict[str, str] = field(default_factory=dict)
    decision: dict[str, str] = field(default_factory=dict)
    mail: str = ""
    document: str = ""
    signature: str = ""


def prepare(folder: Path) -> Cases:
    """Makes an installation's data with all the cases, most of them three hours old at most."""
    cases = Cases(folder / "data", folder / "enterprises.json")
    shutil.copyfile(demo.ENTERPRISES, cases.registry)
    office = Office(cases.data)
    try:
        Clerk(office, cases).bring_all(datetime.now(UTC) - timedelta(hours=3))
    finally:
        office.close()
    return cases


class Clerk:
    """Brings the cases where they are wanted, and notes them."""

    def __init__(self, office: Office, cases: Cases) -> None:
        self._office = office
        self._cases = cases
        self._professions = {
            "almaty": (each for each in PROFESSIONS if each not in LEFT_FREE),
            "astana": iter(PROFESSIONS),
        }

    def bring_all(self, now: datetime) -> None:
        self._office.clock.now = now - OF_LONG_AGO
        self._bring_contract("old", TO_CONCLUDED)
        self._office.do(self._cases.instance["old: application"], "publish_vacancy")
        self._note("overdue", self._application(*TO_REVIEW))
        for name in ("stopped", "registry"):
            self._note(name, self._start("employer-5", REGISTRY_DOWN))
        self._office.clock.now = now
        self._office.work()
        for name in ("overdue", "old: application"):
            self._note(name, self._cases.instance[name])
        for name, elements in WALKED.items():
            self._note(name, self._application(*elements))
        for name, elements in CONTRACTS.items():
            self._bring_contract(name, elements)
        self._bring_completed()
        self._note("begun", self._begin())
        for name, elements in REMARKED.items():
            self._note(name, self._returned(*elements))
        self._note("refused", self._start("employer-4", FAILS_SOCIAL_PAYMENTS))
        self._let_checks_give_up()
        self._note("waits", self._start("employer-5", REGISTRY_DOWN))
        for name in ("answered", "answered wrong"):
            self._keep_answers(name)
        self._note_papers()
        definitions = self._office.queries.definitions(SYSTEM)
        self._cases.definition = {row.process_id: row.id for row in definitions}
        decisions = self._office.queries.decision_definitions(SYSTEM)
        self._cases.decision = {row.decision_id: row.id for row in decisions}

    def _bring_contract(self, name: str, elements: tuple[str, ...]) -> None:
        """One after the other: an approval joins a contract that is still being drafted."""
        application = self._application(*TO_APPROVED)
        contract = self._office.contracts()[-1]
        self._office.walk(contract, *elements)
        if name == "published":
            self._office.do(application, "publish_vacancy")
        self._note(name, contract)
        self._note(f"{name}: application", application)

    def _returned(self, *elements: str) -> str:
        instance = self._application(*TO_REVIEW, centre="astana")
        self._office.do(instance, "review_application", review="remark")
        for element in elements:
            place = ASTANA if element == "correct_form" else {}
            self._office.do(instance, element, **place)
        return instance

    def _let_checks_give_up(self) -> None:
        """A registry that is down for weeks is asked a few times more, and is an incident."""
        for _ in range(4):
            self._office.clock.advance(minutes=30)
            self._office.work()

    def _bring_completed(self) -> None:
        """The task of this case is one that was completed."""
        instance = self._application()
        task_id = self._office.task(instance, "fill_details")[1].id
        self._office.do(instance, "fill_details")
        self._note("completed", instance)
        self._cases.task["completed"] = task_id

    def _keep_answers(self, name: str) -> None:
        """The form of this case is filled in, and its answers wait to be read over."""
        self._note(name, self._application(*TO_SENT[:1]))
        person = self._office.person("employer-1")
        draft = SaveTaskDraft(self._cases.task[name], ANSWERS["fill_application"])
        self._office.engine.execute(draft, person.actor)

    def _note_papers(self) -> None:
        """E-mails are delivered to the mailbox; a signed document is noted."""
        self._office.installation.outbox.deliver_due()
        mails = sorted(self._cases.data.rglob("*.eml"))
        self._cases.mail = mails[0].stem
        instance = self._cases.instance["published: application"]
        documents = self._office.queries.instance(SYSTEM, instance).documents
        signed = next(each for each in documents if each.signatures)
        self._cases.document, self._cases.signature = signed.id, signed.signatures[0].id

    def _application(self, *elements: str, centre: str = "almaty") -> str:
        """An application for one place, so that there are places for all, and for a profession of
        its own."""
        instance = self._start("employer-1")
        for element in elements:
            own: dict[str, object] = {}
            if element == "fill_application":
                place = ALMATY if centre == "almaty" else ASTANA
                own = {**place, "places": 1, "profession": next(self._professions[centre])}
            self._office.do(instance, element, **own)
        return instance

    def _begin(self) -> str:
        """An application whose request is not signed yet."""
        return self._office.begin(financial_year=self._office.clock.now.year)

    def _start(self, user: str, number: str = BIN) -> str:
        year = self._office.clock.now.year
        return self._office.start(user, financial_year=year, bin=number)

    def _note(self, name: str, instance: str) -> None:
        self._cases.instance[name] = instance
        self._cases.number[name] = self._office.row(instance).business_key
        for element in self._office.open(instance):
            task_id = self._office.task(instance, element)[1].id
            self._cases.task[name] = self._cases.task[f"{name}: {element}"] = task_id
