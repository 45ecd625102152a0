"""The walk itself: one instance from its start, on an installation of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.commands import (
    Command,
    CompleteTask,
    FetchAndLockJobs,
    PrepareSignature,
    StartProcessInstance,
)
from engine.errors import BadCommand, EngineError, InvalidSubmission
from engine.forms import Form, in_language
from engine.identity import Actor
from engine.opening import utc_now
from engine.queries.task_detail import TaskDetail
from web.bootstrap import demo_authority, install
from web.configuration import Configuration
from web.people import Person
from web.walk.guide import Guide, LetTimePass, Offer, Values
from web.walk.words import said

_MOST = 100
"""Tasks and instances that a walk looks at: more than one process opens."""


class Walk:
    """One walk on an installation of its own. The clock stands still unless time is let pass."""

    def __init__(
        self,
        configuration: Configuration,
        guide: Guide,
        language: str,
        say: Callable[[str], None],
    ) -> None:
        self._now = guide.begins_at or utc_now()
        self._guide = guide
        self._language = language
        self._say = say
        self._installation = install(configuration, clock=lambda: self._now)
        self._engine = self._installation.engine
        self._zone = ZoneInfo(self._engine.surroundings.settings.zone)

    def close(self) -> None:
        """Closes the installation."""
        self._engine.close()

    def go(self, process_id: str) -> None:
        """Deploys, starts the process, and does what the guide says until it stops.

        Raises EngineError: what was refused, what is an incident, what the guide wants in vain.
        """
        self._installation.deploy(note="walk")
        instance_id = self._start(process_id)
        self._work()
        while self._move():
            self._work()
        self._tell_end(instance_id)

    # -- acting

    def _start(self, process_id: str) -> str:
        person = self._starter(process_id)
        actor = Actor.system() if person is None else person.actor
        form = self._start_form(process_id, actor)
        while True:
            command = StartProcessInstance(process_id, self._guide.start_values(form))
            try:
                started = self._execute(command, actor)
            except InvalidSubmission as refused:
                self._guide.hear_refusal(refused)
            else:
                self._tell("started", who=self._who(person), process=process_id)
                return str(started.instance_id)

    def _move(self) -> bool:
        """Does what the guide says; False where it stops."""
        match self._guide.next_move(self._offers(), self._next_due()):
            case Offer(person, task):
                self._do(person, task.id)
            case LetTimePass():
                self._let_time_pass()
            case _:
                return False
        return True

    def _do(self, person: Person, task_id: str) -> None:
        task = self._engine.queries.task(person.actor, task_id)
        values = self._guide.task_values(task.form, task.values)
        try:
            self._execute(self._completion(person, task, values), person.actor)
        except InvalidSubmission as refused:
            self._guide.hear_refusal(refused)
        else:
            self._say(f"{self._who(person)}: {self._name(task.names)}")

    def _completion(self, person: Person, task: TaskDetail, values: Values) -> CompleteTask:
        """The command, with a signature by the person's demo key where a document is there."""
        if task.signature is None:
            return CompleteTask(task.id, values)
        prepared = self._execute(PrepareSignature(task.id), person.actor)
        content = self._engine.document_content(prepared.document_id)
        return CompleteTask(task.id, values, self._sign(person, task, content), prepared.nonce)

    def _sign(self, person: Person, task: TaskDetail, content: bytes) -> bytes:
        authority = demo_authority(self._installation.configuration)
        if authority is None:
            raise BadCommand("Expected demo keys to sign with, but this is no demonstration")
        own = task.party if task.party in person.bins else next(iter(sorted(person.bins)), None)
        return authority.sign(content, iin=person.iin or "", bin=own, name=person.names["ru"])

    def _let_time_pass(self) -> None:
        """Sets the clock to the next timer. Raises BadCommand where none runs."""
        due = self._next_due()
        if due is None:
            raise BadCommand("Expected a timer to wait for, but none runs")
        self._now = due
        self._tell("time", at=due.astimezone(self._zone).isoformat(timespec="minutes"))

    def _work(self) -> None:
        """Lets the automatic steps be done. Raises EngineError for an incident."""
        self._installation.executor.run_until_idle()
        for incident in self._engine.queries.incidents(Actor.system()).rows:
            details = {"place": incident.element_id, "message": incident.message}
            raise EngineError(said("incident", self._language, **details))

    def _execute(self, command: Command, actor: Actor) -> Any:
        return self._engine.execute(command, actor)

    # -- who, what and when

    def _starter(self, process_id: str) -> Person | None:
        """Who the guide names, else the first person who may; None: the system."""
        wanted = self._guide.starter
        if wanted is not None:
            person = self._installation.people.find(wanted)
            if person is None:
                raise BadCommand(f"Expected a person {wanted}, but there is none")
            return person
        for each in self._installation.people:
            startable = self._engine.queries.startable_processes(each.actor)
            if any(process.process_id == process_id for process in startable):
                found: Person = each
                return found
        return None

    def _start_form(self, process_id: str, actor: Actor) -> Form | None:
        for startable in self._engine.queries.startable_processes(actor):
            if startable.process_id == process_id:
                return startable.form
        return None

    def _offers(self) -> list[Offer]:
        """Every open task, once for each person who may do it, in the order they were opened."""
        found = {
            (task.id, person.id): Offer(person, task)
            for person in self._installation.people
            for tab in ("mine", "group")
            for task in self._engine.queries.task_list(person.actor, tab, limit=_MOST).rows
        }
        return sorted(found.values(), key=lambda offer: offer.task.id)

    def _next_due(self) -> datetime | None:
        """When the next timer or retry is due; jobs for remote workers are nobody's here."""
        leased = self._execute(FetchAndLockJobs("walk", 1, timedelta(0)), Actor.system())
        due: datetime | None = leased.next_due
        return due if due is not None and due > self._now else None

    def _who(self, person: Person | None) -> str:
        if person is None:
            return said("system", self._language)
        return in_language(person.names, self._language)

    def _name(self, names: Mapping[str, str]) -> str:
        return in_language(names, self._language)

    # -- telling

    def _tell_end(self, instance_id: str) -> None:
        page = self._engine.queries.instance_list(Actor.system(), state="all", limit=_MOST)
        for row in reversed(page.rows):
            state = said(row.state, self._language)
            status = said("status", self._language, status=row.status) if row.status else ""
            mark = said("the one", self._language) if row.id == instance_id else ""
            self._say(f"{row.process_id} {row.business_key}: {state}{status}{mark}")
            for waiting in row.waiting_for:
                day = waiting.due_at.date() if waiting.due_at else None
                due = said("due", self._language, day=day) if day else ""
                self._tell("waits", name=self._name(waiting.names), due=due)

    def _tell(self, sentence: str, **details: object) -> None:
        self._say(said(sentence, self._language, **details))
