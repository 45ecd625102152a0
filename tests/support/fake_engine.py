"""An engine that answers from memory, about the small world."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from engine.commands import Command
from engine.errors import NotFound
from engine.identity import Actor
from engine.queries.application_data import Action
from tests.support.small_world import DATA, NOW, PAPER, PROCESS, form, instance, named, task


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
