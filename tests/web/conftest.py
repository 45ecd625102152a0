"""A small world for the pages: an engine that answers from memory, and signed-in clients."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.commands import Command
from engine.errors import NotFound
from engine.forms import load_form
from engine.identity import Actor
from engine.queries.application_data import Action
from web.app import create_app
from web.people import load_people
from web.settings import WebSettings

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DATA = Path(__file__).parent / "data"


def named(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


PROCESS = named(
    "Субсидияланатын жұмыс орындарын ұйымдастыру",
    "Организация субсидируемых рабочих мест",
    "Organisation of subsidised jobs",
)
CHECK = named(
    "Жұмыс берушінің және өтінімнің НҚА талаптарына сәйкестігін тексеру",
    "Проверить работодателя и заявку на соответствие условиям НПА",
    "Check against the regulations",
)
FILL = named("Өтінім нысанын толтыру", "Заполнить форму заявки", "Fill in the application form")
SIGN = named(
    "ЭЦҚ қол қою және ЕМО (МО) жіберу",
    "Подписать ЭЦП и отправить в ЦТМ (КЦ)",
    "Sign digitally and send",
)
PAPER = SimpleNamespace(
    id="doc-1",
    name="application.pdf",
    media_type="application/pdf",
    sha256="ab" * 32,
    size=48213,
    created_at=NOW - timedelta(hours=51),
    names=named("Өтінім", "Заявка", "Application"),
    step_names=named("Өтінім құжатын жасау", "Сформировать документ заявки", "Make the document"),
    signatures=(
        SimpleNamespace(
            id="sig-1",
            signer="employer-1",
            signed_at=NOW - timedelta(hours=50),
            evidence={"checks": ["parse"]},
            is_open=True,
        ),
    ),
)


def form(name: str) -> Any:
    return load_form(f"demo/forms/{name}.json", (DATA / f"{name}.json").read_bytes())


def task(identifier: str, **changes: Any) -> SimpleNamespace:
    """An open task of a specialist, with whatever the test changes."""
    facts: dict[str, Any] = {
        "id": identifier,
        "state": "open",
        "element_id": "check",
        "names": CHECK,
        "documentation": {},
        "instance_id": "case-1",
        "definition_id": "fk_b03:1",
        "business_key": "APP-2026-00042",
        "process_id": "fk_b03",
        "process_names": PROCESS,
        "title": "ТОО «Үлгі-1»",
        "assignee": None,
        "candidate_groups": ("specialist",),
        "unit": "almaty",
        "party": "150140000012",
        "created_at": NOW - timedelta(days=2),
        "due_at": NOW + timedelta(days=2),
        "priority": 50,
        "overdue": False,
        "sources": ("FK-B.03 2.2",),
        "status": "under_review",
        "form": form("every_kind"),
        "values": {},
        "variables": {"places": 3, "region": "75", "is_ready": True},
        "offered": True,
        "signature": None,
        "remarks": {},
        "earlier": None,
        "shows": (),
        "draft_version": 0,
        "ended_at": None,
        "ended_by": None,
    }
    return SimpleNamespace(**(facts | changes))


def step(names: dict[str, str], source: str, began: int, ended: int | None, **changes: Any) -> Any:
    """A step of an instance; `began` and `ended` are hours before now."""
    facts: dict[str, Any] = {
        "id": f"{source}-{began}",
        "element_id": names["en"].split()[0].lower(),
        "is_work": True,
        "task_id": None,
        "names": names,
        "type": "userTask",
        "sources": (f"FK-B.03 {source}",),
        "lane_names": named("Жұмыс беруші", "Работодатель", "Employer"),
        "started_at": NOW - timedelta(hours=began),
        "ended_at": None if ended is None else NOW - timedelta(hours=ended),
        "outcome": None if ended is None else "completed",
        "who": None if ended is None else "employer-1",
        "due_at": NOW + timedelta(days=2) if ended is None else None,
        "loop_counter": None,
        "decisions": (),
    }
    return SimpleNamespace(**(facts | changes))


def row(identifier: str = "case-1", **changes: Any) -> SimpleNamespace:
    facts: dict[str, Any] = {
        "id": identifier,
        "definition_id": "fk_b03:1",
        "process_id": "fk_b03",
        "process_names": PROCESS,
        "version": 1,
        "business_key": "APP-2026-00042",
        "title": "ТОО «Үлгі-1»",
        "status": "under_review",
        "unit": "almaty",
        "party": "150140000012",
        "state": "active",
        "started_at": NOW - timedelta(days=3),
        "ended_at": None,
        "started_by": "employer-1",
        "incident_count": 0,
        "waiting_for": (
            SimpleNamespace(
                element_id="check",
                names=CHECK,
                since=NOW - timedelta(days=2),
                kind="user_task",
                due_at=NOW + timedelta(days=2),
                candidate_groups=("specialist",),
                candidate_users=(),
                assignee=None,
                task_id="task-1",
            ),
        ),
    }
    return SimpleNamespace(**(facts | changes))


def instance(**changes: Any) -> SimpleNamespace:
    facts: dict[str, Any] = {
        "row": row(),
        "definition_id": "fk_b03:1",
        "steps": (
            step(FILL, "1.2", 60, 55),
            step(SIGN, "1.4", 55, 50),
            step(CHECK, "2.2", 48, None),
        ),
        "tokens": {"check": 1},
        "failed": (),
        "taken": SimpleNamespace(elements=("start", "fill"), flows=("f1", "f2")),
        "incidents": (),
        "variables": {"places": 3, "region": "75", "is_ready": True},
        "documents": (PAPER,),
    }
    return SimpleNamespace(**(facts | changes))


class FakeQueries:
    """Answers from memory; a test puts there what it needs."""

    def __init__(self) -> None:
        self.tasks: dict[str, Any] = {"task-1": task("task-1")}
        self.instances: dict[str, Any] = {"case-1": instance()}
        self.incident_rows: list[Any] = []
        self.calendar_rows: list[Any] = [
            SimpleNamespace(
                day=date(2026, 12, 16),
                working=False,
                names=named("Тәуелсіздік күні", "День Независимости", "Independence Day"),
            )
        ]
        self.answered: dict[str, Any] = {}
        self.waiting: dict[str, dict[str, str]] = {}
        self.windows_of: dict[str, Any] = {}
        self.contacts_of: dict[str, Any] = {}
        self.seen: list[tuple[str, Actor, dict[str, Any]]] = []

    def ready(self) -> None:
        self.seen = []

    def task_counts(self, actor: Actor) -> Any:
        rows = self._rows(actor)
        return SimpleNamespace(
            mine=sum(each.assignee == actor.user for each in rows),
            group=sum(each.assignee is None for each in rows),
            overdue=sum(each.overdue for each in rows),
        )

    def task_list(self, actor: Actor, tab: str, **options: Any) -> Any:
        self.seen.append((tab, actor, options))
        wanted: dict[str, Callable[[Any], bool]] = {
            "mine": lambda each: each.assignee == actor.user,
            "group": lambda each: each.assignee is None,
            "overdue": lambda each: each.overdue,
        }
        rows = [each for each in self._rows(actor) if wanted[tab](each)]
        rows = [each for each in rows if options.get("search", "") in each.business_key]
        return SimpleNamespace(rows=tuple(rows), next=None, previous=None)

    def tasks_to_sign(self, actor: Actor) -> tuple[Any, ...]:
        return tuple(each for each in self._rows(actor) if each.signature is not None)

    def _rows(self, actor: Actor) -> list[Any]:
        return [
            each
            for each in self.tasks.values()
            if each.state == "open" and set(each.candidate_groups) & actor.groups
        ]

    def task(self, actor: Actor, task_id: str) -> Any:
        if task_id not in self.tasks:
            raise NotFound(f"Expected task {task_id}, but there is none")
        return self.tasks[task_id]

    def startable_processes(self, actor: Actor) -> Any:
        if "employer" not in actor.groups:
            return ()
        return (SimpleNamespace(process_id="fk_b03", names=PROCESS, version=1, form=form("start")),)

    def instance_list(self, actor: Actor, **options: Any) -> Any:
        self.seen.append(("instances", actor, options))
        rows = [each.row for each in self.instances.values()]
        return SimpleNamespace(
            rows=tuple(each for each in rows if options.get("search", "") in each.business_key),
            next=None,
        )

    def instance(self, actor: Actor, instance_id: str) -> Any:
        if instance_id not in self.instances:
            raise NotFound(f"Expected process instance {instance_id}, but there is none")
        return self.instances[instance_id]

    def answers(self, actor: Actor, instance_id: str) -> Any:
        return self.answered.get(instance_id, ())

    def ids_by_key(self, actor: Actor, keys: Any) -> Any:
        found = {each.row.business_key: key for key, each in self.instances.items()}
        return {key: found[key] for key in keys if key in found}

    def case_holding(self, actor: Actor, party: str, name: str, text: str) -> Any:
        for each in self.instances.values():
            if each.row.party == party and text in json.dumps(each.variables.get(name)):
                return each.row
        return None

    def evaluated_decisions(self, actor: Actor, instance_id: str) -> Any:
        return ()

    def fields(self, actor: Actor, definition_id: str) -> Any:
        return {field.name: field for field in form("every_kind").fields}

    def map_rows(self, actor: Actor, definition_id: str) -> Any:
        rows = json.loads((DATA / "map.json").read_text(encoding="utf-8"))
        return tuple(SimpleNamespace(**each) for each in rows)

    def statuses(self, actor: Actor, process_id: str, version: int | None = None) -> Any:
        review = named("МО қарауында", "На рассмотрении в КЦ", "Under review by the career centre")
        return {"under_review": SimpleNamespace(names=review, tone="info", allows=("view",))}

    def actions(self, actor: Actor, process_id: str, version: int | None = None) -> Any:
        names = named("Қарау", "Просмотреть", "View")
        return {"view": Action("view", names, (), None, {})}

    def waiting_texts(self, actor: Actor, process_id: str, version: int | None = None) -> Any:
        return self.waiting

    def places_in_list(self, actor: Actor, task_ids: Any) -> Any:
        return dict.fromkeys(task_ids, 14)

    def listed_variables(self, actor: Actor, ids: Any) -> Any:
        return {each: {"places": 3} for each in ids}

    def diagram(self, actor: Actor, definition_id: str) -> Any:
        xml = (DATA / "process.bpmn").read_bytes()
        return SimpleNamespace(xml=xml, process_id="fk_b03", version=1)

    def definitions(self, actor: Actor) -> Any:
        return (
            SimpleNamespace(
                id="fk_b03:1",
                process_id="fk_b03",
                names=PROCESS,
                version=1,
                deployed_at=NOW - timedelta(days=30),
                deployed_by="owner-1",
                running=12,
                incidents=len(self.incident_rows),
            ),
        )

    def incidents(self, actor: Actor, **options: Any) -> Any:
        return SimpleNamespace(rows=tuple(self.incident_rows), next=None, previous=None)

    def may_retry(self, actor: Actor) -> bool:
        return "operator" in actor.groups

    def document(self, actor: Actor, document_id: str) -> Any:
        if document_id != PAPER.id:
            raise NotFound(f"Expected document {document_id}, but there is none")
        return SimpleNamespace(ref=PAPER, content=b"%PDF-1.4 a paper")

    def signature(self, actor: Actor, signature_id: str) -> Any:
        if signature_id != "sig-1":
            raise NotFound(f"Expected signature {signature_id}, but there is none")
        return SimpleNamespace(document=PAPER, signature=PAPER.signatures[0], cms=b"0\x80 signed")

    def calendar(self, actor: Actor) -> Any:
        return tuple(self.calendar_rows)

    def windows(self, actor: Actor) -> Any:
        return self.windows_of

    def contacts(self, actor: Actor) -> Any:
        return self.contacts_of


class FakeEngine:
    """Remembers the commands; answers each kind with what the test put into `answers`."""

    def __init__(self) -> None:
        self.queries = FakeQueries()
        self.commands: list[tuple[Command, Actor]] = []
        self.answers: dict[str, Any] = {}

    def execute(self, command: Command, actor: Actor) -> Any:
        self.commands.append((command, actor))
        answer = self.answers.get(type(command).__name__)
        if isinstance(answer, Exception):
            raise answer
        return answer(command) if callable(answer) else answer


class FakeSigner:
    """Marks the bytes as signed."""

    def sign(self, content: bytes, *, iin: str, bin: str | None, name: str) -> bytes:
        return b"|".join([b"signed", content, iin.encode(), str(bin).encode()])


class Browser:
    """A client that is signed in, and reads tokens from the pages as a browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, **options)

    def tokens(self, page: str) -> dict[str, str]:
        """The hidden fields of the last form of a page."""
        html = self.client.get(page).get_data(as_text=True)
        return {
            name: re.findall(rf'name="{name}" value="([^"]+)"', html)[-1]
            for name in ("csrf_token", "command_id")
            if f'name="{name}"' in html
        }

    def post(self, address: str, page: str | None = None, **data: Any) -> TestResponse:
        """Posts a form that was shown on `page` (this address where it is not given)."""
        return self.client.post(address, data=self.tokens(page or address) | data)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def settings() -> WebSettings:
    return WebSettings(secret_key="not secret", demo=True, cookie_secure=False)


@pytest.fixture
def app(engine: FakeEngine, settings: WebSettings) -> Flask:
    return create_app(engine, settings, load_people(), signer=FakeSigner(), clock=lambda: NOW)


@pytest.fixture
def sign_in(app: Flask) -> Iterator[Callable[..., Browser]]:
    def as_person(person: str, language: str = "en") -> Browser:
        browser = Browser(app.test_client())
        token = browser.tokens("/sign-in")["csrf_token"]
        answer = browser.client.post("/sign-in", data={"csrf_token": token, "person": person})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        browser.client.get(f"/sign-in?lang={language}")
        return browser

    return as_person


@pytest.fixture
def new_task() -> Callable[..., SimpleNamespace]:
    return task


@pytest.fixture
def new_instance() -> Callable[..., SimpleNamespace]:
    return instance


@pytest.fixture
def new_row() -> Callable[..., SimpleNamespace]:
    return row


@pytest.fixture
def production(engine: FakeEngine, settings: WebSettings) -> Flask:
    """The same web where it is no demonstration."""
    own = replace(settings, demo=False, cookie_secure=True)
    return create_app(engine, own, load_people(), signer=FakeSigner(), clock=lambda: NOW)
