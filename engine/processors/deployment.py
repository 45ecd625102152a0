"""Deploying: the gate, versions, duplicate filtering."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.commands import Deploy
from engine.definitions import LANGUAGES
from engine.deploy_gate import CheckedDiagram, Verdict, deployed_decisions, examine
from engine.diagram import ProcessFacts
from engine.errors import BadCommand, DeploymentRefused
from engine.processors.decision_deployment import (
    DecisionCandidate,
    decision_candidates,
    new_decision_version,
)
from engine.processors.history import record_administration
from engine.processors.work import Work
from engine.results import DecisionRef, DefinitionRef, Deployed
from engine.store import deployments
from engine.store.codec import dump_json
from engine.store.deployments import DefinitionRecord
from engine.store.ids import new_id


@dataclass(frozen=True)
class _Candidate:
    """A process of the deployment beside the newest version there is."""

    process: ProcessFacts
    checked: CheckedDiagram
    digest: str
    newest: DefinitionRecord | None

    @property
    def id(self) -> str:
        return self.process.id

    @property
    def unchanged(self) -> bool:
        return self.newest is not None and self.newest.digest == self.digest

    @property
    def kept(self) -> DefinitionRef | None:
        newest = self.newest
        return None if newest is None else DefinitionRef(newest.id, self.id, newest.version)


@dataclass(frozen=True)
class _Found:
    """What a deployment holds: what is to be stored, and what keeps its version."""

    verdict: Verdict
    changed: Sequence[_Candidate]
    changed_decisions: Sequence[DecisionCandidate]
    unchanged: tuple[DefinitionRef, ...]
    unchanged_decisions: tuple[DecisionRef, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(str(problem) for problem in self.verdict.warnings)


def deploy(work: Work, command: Deploy) -> Deployed:
    """Deploys files. Raises DeploymentRefused with every problem; nothing is deployed then."""
    work.require(work.around.settings.owners, "deploy")
    found = _examined(work, command)
    if not found.changed and not found.changed_decisions:
        return Deployed(
            None,
            (),
            found.unchanged,
            found.warnings,
            unchanged_decisions=found.unchanged_decisions,
        )
    return _store(work, command, found)


def _examined(work: Work, command: Deploy) -> _Found:
    around, tenant = work.around, work.actor.tenant
    deployed = deployed_decisions(work.connection, tenant)
    verdict = examine(command.resources, around.directory, around.handlers, around.checks, deployed)
    if verdict.errors:
        raise DeploymentRefused(verdict.errors)
    processes = [
        _Candidate(
            process,
            checked,
            _digest(checked, command.resources),
            deployments.latest(work.connection, tenant, process.id),
        )
        for checked in verdict.diagrams
        for process in checked.diagram.executable
    ]
    decisions = list(decision_candidates(work, verdict.decision_files))
    _require_no_newer_edit(work, command, [*processes, *decisions])
    skip = command.enable_duplicate_filtering
    changed = [one for one in processes if not (skip and one.unchanged)]
    changed_decisions = [one for one in decisions if not (skip and one.unchanged)]
    return _Found(
        verdict,
        changed,
        changed_decisions,
        tuple(one.kept for one in processes if one not in changed and one.kept is not None),
        tuple(
            one.kept for one in decisions if one not in changed_decisions and one.kept is not None
        ),
    )


def _store(work: Work, command: Deploy, found: _Found) -> Deployed:
    deployment_id = new_id()
    deployments.add_deployment(
        work.uow,
        deployment_id,
        work.actor.tenant,
        command.name,
        command.source,
        command.note,
        work.now,
        work.actor.user,
        command.resources,
    )
    created = tuple(_new_version(work, deployment_id, one) for one in found.changed)
    decisions = tuple(
        new_decision_version(work, deployment_id, one) for one in found.changed_decisions
    )
    record_administration(
        work,
        "Deployed",
        {
            "deployment": deployment_id,
            "name": command.name,
            "source": command.source,
            "note": command.note,
            "definitions": [[ref.process_id, ref.version] for ref in created],
            "decisions": [[ref.decision_id, ref.version] for ref in decisions],
            "digests": {one.id: one.digest for one in found.changed},
            "decision_digests": {one.id: one.digest for one in found.changed_decisions},
        },
    )
    return Deployed(
        deployment_id,
        created,
        found.unchanged,
        found.warnings,
        decisions,
        found.unchanged_decisions,
    )


def _new_version(work: Work, deployment_id: str, candidate: _Candidate) -> DefinitionRef:
    process = candidate.process
    version = 1 if candidate.newest is None else candidate.newest.version + 1
    specification = candidate.checked.specifications[process.id]
    starts = [[start.element_id, start.message_name] for start in specification.message_starts]
    row = DefinitionRecord(
        id=new_id(),
        tenant=work.actor.tenant,
        process_id=process.id,
        version=version,
        deployment_id=deployment_id,
        resource_name=candidate.checked.diagram.file_name,
        digest=candidate.digest,
        names=dump_json({language: process.name(language) for language in LANGUAGES}),
        message_starts=dump_json(starts),
    )
    deployments.add_definition(work.uow, row)
    return DefinitionRef(row.id, process.id, version)


def _digest(checked: CheckedDiagram, resources: Mapping[str, bytes]) -> str:
    """What a version is made of: its diagram and the files of its process application."""
    diagram = checked.diagram
    folder = f"{diagram.key}/"
    digest = hashlib.sha256()
    for name in sorted(resources):
        if name == diagram.file_name or name.startswith(folder):
            content = hashlib.sha256(resources[name]).hexdigest()
            digest.update(f"{PurePosixPath(name)}\0{content}\0".encode())
    return digest.hexdigest()


def _require_no_newer_edit(
    work: Work, command: Deploy, candidates: Sequence[_Candidate | DecisionCandidate]
) -> None:
    """Raises BadCommand where files from disk would hide a newer version from the browser."""
    if command.source != "disk" or command.force:
        return
    for one in candidates:
        if one.newest is None or one.unchanged:
            continue
        if deployments.source_of(work.connection, one.newest.deployment_id) == "browser":
            raise BadCommand(
                f"Expected to deploy {one.id} from disk, but version "
                f"{one.newest.version} was made in the browser and is newer; "
                "deploy with force to replace it"
            )
