"""The read side: plain rows, always filtered by who asks. One view a file; nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, text

from engine.forms import Field, FieldDecision, Form
from engine.identity import Actor
from engine.queries import (
    answers,
    application_data,
    calendar,
    cases,
    dated_tables,
    decision_view,
    decisions,
    definitions,
    documents,
    form_decisions,
    history,
    incidents,
    instance_detail,
    instance_list,
    listed,
    place_in_list,
    queue,
    startable,
    task_detail,
    task_list,
    uploads,
)
from engine.queries.answers import Answered
from engine.queries.application_data import Action, MapRow, Status
from engine.queries.calendar import CalendarRow
from engine.queries.codes_in_use import CodeInUse, codes_in_use
from engine.queries.dated_tables import DatedTableRow, DatedTableView, Windows
from engine.queries.decision_view import DecisionView
from engine.queries.decisions import DecisionFileView, DecisionRow, EvaluatedDecision
from engine.queries.definitions import DefinitionRow, DiagramView
from engine.queries.documents import DocumentContent, SignatureFile
from engine.queries.history import HistoryEvent
from engine.queries.incidents import IncidentRow
from engine.queries.instance_detail import InstanceDetail
from engine.queries.instance_list import InstanceRow, State
from engine.queries.names import Names
from engine.queries.offered_tasks import Tab
from engine.queries.pages import MOST, Page
from engine.queries.sight import may_retry, of_instances
from engine.queries.startable import StartableProcess
from engine.queries.surroundings import Surroundings
from engine.queries.task_detail import TaskDetail
from engine.queries.task_list import TaskCounts, TaskRow
from engine.queries.uploads import UploadRow
from engine.store.database import Database
from engine.store.tables import process_instance

__all__ = ["Page", "Queries"]


class Queries:
    """Answers from one database. Each question is one consistent view of it.

    Everyone sees their tenant, within their units and parties, what they started, and what is
    offered to them; operators and process owners see all of their tenant. What an actor does not
    see is NotFound. Pages are by cursor: `after=page.next`, `before=page.previous`.
    """

    def __init__(self, database: Database, around: Surroundings) -> None:
        self._database = database
        self._around = around

    def ready(self) -> bool:
        """Whether the database answers. Raises what the database raises."""
        with self._database.reading() as connection:
            return connection.execute(text("SELECT 1")).scalar() == 1

    def task_list(
        self,
        actor: Actor,
        tab: Tab,
        *,
        search: str = "",
        process_id: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int = 25,
    ) -> Page[TaskRow]:
        """Open tasks: "mine" (assigned), "group" (to be claimed), "overdue" (of both)."""
        with self._database.reading() as connection:
            return task_list.task_list(
                connection,
                self._around.definitions,
                self._around.clock(),
                actor,
                tab,
                search=search,
                process_id=process_id,
                after=after,
                before=before,
                limit=limit,
            )

    def tasks_to_sign(self, actor: Actor, *, limit: int = 100) -> tuple[TaskRow, ...]:
        """Open tasks, assigned or to be claimed, that ask for a signature; those due first."""
        with self._database.reading() as connection:
            return task_list.tasks_to_sign(
                connection, self._around.definitions, self._around.clock(), actor, limit
            )

    def task_counts(self, actor: Actor) -> TaskCounts:
        """How many tasks each tab holds, exactly."""
        with self._database.reading() as connection:
            return task_list.task_counts(connection, self._around.clock(), actor)

    def task(self, actor: Actor, task_id: str) -> TaskDetail:
        """One task with its form and values. Raises NotFound, NotAllowed."""
        with self._database.reading() as connection:
            return task_detail.task(connection, self._around, actor, task_id)

    def form_decisions(
        self, actor: Actor, task_id: str, values: Mapping[str, object]
    ) -> Mapping[str, FieldDecision]:
        """What decisions say of the fields of a task's form beside values that are not sent yet.

        Nothing is recorded. Raises NotFound, NotAllowed.
        """
        with self._database.reading() as connection:
            return form_decisions.form_decisions(connection, self._around, actor, task_id, values)

    def startable_processes(self, actor: Actor) -> tuple[StartableProcess, ...]:
        """Processes that the actor may start by hand."""
        with self._database.reading() as connection:
            return startable.startable_processes(connection, self._around.definitions, actor)

    def instance_list(
        self,
        actor: Actor,
        *,
        state: State = "running",
        process_id: str | None = None,
        status: str | None = None,
        party: str | None = None,
        search: str = "",
        after: str | None = None,
        before: str | None = None,
        limit: int = 25,
    ) -> Page[InstanceRow]:
        """Process instances that the actor sees, newest first; of a status, of a party."""
        with self._database.reading() as connection:
            return instance_list.instance_list(
                connection,
                self._around.definitions,
                self._around.settings,
                actor,
                state=state,
                process_id=process_id,
                status=status,
                party=party,
                search=search,
                after=after,
                before=before,
                limit=limit,
            )

    def listed_variables(
        self, actor: Actor, ids: Collection[str]
    ) -> Mapping[str, Mapping[str, object]]:
        """The variables that processes name for lists (`listed`), by the id of an instance."""
        with self._database.reading() as connection:
            return listed.listed_variables(connection, self._around, actor, ids)

    def instance(self, actor: Actor, instance_id: str) -> InstanceDetail:
        """One process instance with its steps, documents and variables. Raises NotFound."""
        with self._database.reading() as connection:
            return instance_detail.instance(connection, self._around, actor, instance_id)

    def answers(self, actor: Actor, instance_id: str) -> tuple[Answered, ...]:
        """What was answered at the tasks of an instance, round by round. Raises NotFound."""
        with self._database.reading() as connection:
            return answers.answers(connection, self._around.settings, actor, instance_id)

    def ids_by_key(self, actor: Actor, keys: Collection[str]) -> Mapping[str, str]:
        """The instances with these business keys that the actor sees: id by key."""
        with self._database.reading() as connection:
            return cases.ids_by_key(connection, self._around, actor, keys)

    def case_holding(self, actor: Actor, party: str, name: str, text: str) -> InstanceRow | None:
        """The newest case of a party whose variable `name` holds `text`; None without one."""
        with self._database.reading() as connection:
            found = cases.cases_holding(connection, self._around, actor, name, {text: party})
        return found.get(text)

    def cases_holding(
        self, actor: Actor, name: str, parties: Mapping[str, str]
    ) -> Mapping[str, InstanceRow]:
        """The newest case that holds each text in its variable `name`; `parties` by the text."""
        with self._database.reading() as connection:
            return cases.cases_holding(connection, self._around, actor, name, parties)

    def cases_seen(self, actor: Actor) -> Select[tuple[str]]:
        """The ids of the instances that the actor sees, for a query over what belongs to them."""
        return select(process_instance.c.id).where(of_instances(actor, self._around.settings))

    def codes_in_use(
        self, actor: Actor, classifier: str, codes: Collection[str]
    ) -> tuple[CodeInUse, ...]:
        """The open cases that hold one of these codes of a classifier, drafts among them."""
        with self._database.reading() as connection:
            return codes_in_use(connection, self._around, actor, classifier, codes)

    def place_in_queue(self, actor: Actor, instance_id: str, topic: str) -> int | None:
        """The place, from 1, of an instance among the external tasks of a topic that are due.

        None where it has none that is due. Raises NotFound.
        """
        with self._database.reading() as connection:
            now = self._around.clock()
            return queue.place_in_queue(
                connection, self._around.settings, now, actor, instance_id, topic
            )

    def places_in_list(self, actor: Actor, task_ids: Collection[str]) -> Mapping[str, int]:
        """The place, from 1, of each open task among those of its kind in its unit.

        Those that are offered to no group, or not to be seen, are left out.
        """
        with self._database.reading() as connection:
            return place_in_list.places_in_list(connection, self._around.settings, actor, task_ids)

    def waiting_texts(
        self, actor: Actor, process_id: str, version: int | None = None
    ) -> Mapping[str, Names]:
        """What a party reads while its case waits at an element, of the newest version unless said.

        Raises NotFound.
        """
        with self._database.reading() as connection:
            return application_data.waiting_texts_of(
                definitions.latest_or_version(
                    connection, self._around.definitions, actor, process_id, version
                )
            )

    def history(
        self, actor: Actor, instance_id: str, *, after: int = 0, limit: int = MOST
    ) -> tuple[HistoryEvent, ...]:
        """The log of an instance, for operators and owners. Raises NotFound, NotAllowed."""
        with self._database.reading() as connection:
            return history.history(
                connection, self._around.settings, actor, instance_id, after=after, limit=limit
            )

    def administration(
        self, actor: Actor, *, after: int = 0, limit: int = MOST
    ) -> tuple[HistoryEvent, ...]:
        """The log of deployments and administration. Raises NotAllowed."""
        with self._database.reading() as connection:
            return history.administration(
                connection, self._around.settings, actor, after=after, limit=limit
            )

    def definitions(self, actor: Actor) -> tuple[DefinitionRow, ...]:
        """Deployed versions, for operators and owners; empty for others."""
        with self._database.reading() as connection:
            return definitions.definitions(connection, self._around.settings, actor)

    def process_names(self, actor: Actor) -> Mapping[str, Names]:
        """What every process is called in its newest version, by its id and by language."""
        with self._database.reading() as connection:
            return definitions.newest_names(connection, actor)

    def diagram(self, actor: Actor, definition_id: str) -> DiagramView:
        """The BPMN XML of a version. Raises NotFound."""
        with self._database.reading() as connection:
            return definitions.diagram(connection, self._around.definitions, actor, definition_id)

    def fields(self, actor: Actor, definition_id: str) -> Mapping[str, Field]:
        """The fields of all forms of a version, by variable. Raises NotFound."""
        with self._database.reading() as connection:
            return definitions.fields(connection, self._around.definitions, actor, definition_id)

    def forms(self, actor: Actor, definition_id: str) -> tuple[Form, ...]:
        """The forms of a version that the actor's roles are asked. Raises NotFound."""
        with self._database.reading() as connection:
            return definitions.forms(connection, self._around.definitions, actor, definition_id)

    def decision_definitions(self, actor: Actor) -> tuple[DecisionRow, ...]:
        """Deployed versions of decisions, for operators and owners; empty for others."""
        with self._database.reading() as connection:
            return decisions.decision_definitions(
                connection, self._around.decisions, self._around.settings, actor
            )

    def decision_file(self, actor: Actor, definition_id: str) -> DecisionFileView:
        """The DMN XML of a version of a decision, for operators and owners. Raises NotFound."""
        with self._database.reading() as connection:
            return decisions.decision_file(connection, self._around.settings, actor, definition_id)

    def decision(
        self, actor: Actor, definition_id: str, *, first_rule: int = 1, most_rules: int = 100
    ) -> DecisionView:
        """A version of a decision with its logic, for operators and owners. Raises NotFound.

        `most_rules` rules of a table from `first_rule` (from 1) on are shown at a time.
        """
        with self._database.reading() as connection:
            return decision_view.decision_view(
                connection,
                self._around,
                actor,
                definition_id,
                first_rule=first_rule,
                most_rules=most_rules,
            )

    def evaluated_decisions(self, actor: Actor, instance_id: str) -> tuple[EvaluatedDecision, ...]:
        """The decisions that were made in an instance, in order. Raises NotFound."""
        with self._database.reading() as connection:
            return decisions.evaluated_decisions(
                connection, self._around.decisions, self._around.settings, actor, instance_id
            )

    def map_rows(self, actor: Actor, definition_id: str) -> tuple[MapRow, ...]:
        """The rows of the map that a version carries out; empty without one. Raises NotFound."""
        with self._database.reading() as connection:
            return application_data.map_rows_of(
                definitions.definition_for(
                    connection, self._around.definitions, actor, definition_id
                )
            )

    def statuses(
        self, actor: Actor, process_id: str, version: int | None = None
    ) -> Mapping[str, Status]:
        """The statuses of a process by code, of its newest version unless said. Raises NotFound."""
        with self._database.reading() as connection:
            return application_data.statuses_of(
                definitions.latest_or_version(
                    connection, self._around.definitions, actor, process_id, version
                )
            )

    def actions(
        self, actor: Actor, process_id: str, version: int | None = None
    ) -> Mapping[str, Action]:
        """What statuses of a process may allow, by code, of its newest version unless said.

        Raises NotFound.
        """
        with self._database.reading() as connection:
            return application_data.actions_of(
                definitions.latest_or_version(
                    connection, self._around.definitions, actor, process_id, version
                )
            )

    def incidents(
        self,
        actor: Actor,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int = 25,
    ) -> Page[IncidentRow]:
        """Open incidents, newest first, for operators and owners; empty for others."""
        with self._database.reading() as connection:
            return incidents.incidents(
                connection,
                self._around,
                actor,
                after=after,
                before=before,
                limit=limit,
            )

    def may_retry(self, actor: Actor) -> bool:
        """Whether `RetryJob` and `ResolveIncident` are for this actor: process owners only look."""
        return may_retry(actor, self._around.settings)

    def document(self, actor: Actor, document_id: str) -> DocumentContent:
        """A document with its bytes. Raises NotFound."""
        with self._database.reading() as connection:
            return documents.document_content(connection, self._around, actor, document_id)

    def upload(self, actor: Actor, upload_id: str) -> UploadRow | None:
        """A file that the actor gave for a form; None where it is kept no more, or not theirs."""
        with self._database.reading() as connection:
            return uploads.upload_row(connection, self._around, actor, upload_id)

    def signature(self, actor: Actor, signature_id: str) -> SignatureFile:
        """A signature as it was given (CMS), with its evidence.

        Raises NotFound; NotAllowed for who sees the case, but not whose certificate signed.
        """
        with self._database.reading() as connection:
            return documents.signature_file(connection, self._around, actor, signature_id)

    def calendar(self, actor: Actor, year: int | None = None) -> tuple[CalendarRow, ...]:
        """Exceptions of the working calendar, the same for everyone."""
        with self._database.reading() as connection:
            return calendar.calendar(connection, year)

    def dated_tables(self, actor: Actor) -> tuple[DatedTableRow, ...]:
        """Dated tables that the actor may look at: those with a title."""
        with self._database.reading() as connection:
            return dated_tables.dated_tables(connection, self._around, actor)

    def dated_table(
        self, actor: Actor, name: str, *, known_at: datetime | None = None
    ) -> DatedTableView:
        """A dated table (`fk_b03/terms`) with its edits, as it is or as it was known at a moment.

        Raises NotFound.
        """
        with self._database.reading() as connection:
            return dated_tables.dated_table(connection, self._around, actor, name, known_at)

    def windows(self, actor: Actor) -> Mapping[str, Windows]:
        """When processes may be started, by process, the same for everyone."""
        with self._database.reading() as connection:
            return dated_tables.windows(connection, self._around, actor)

    def contacts(self, actor: Actor) -> Mapping[str, Mapping[str, Any]]:
        """How to reach units today, by unit, the same for everyone."""
        with self._database.reading() as connection:
            return dated_tables.contacts(connection, self._around, actor)
