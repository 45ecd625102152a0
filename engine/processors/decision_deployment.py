"""Which decisions of a deployment are new versions, and writing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from engine.decisions import DecisionFile
from engine.diagram import DecisionFacts
from engine.processors.work import Work
from engine.results import DecisionRef
from engine.store import decisions
from engine.store.codec import dump_json
from engine.store.decisions import DecisionRecord
from engine.store.ids import new_id


@dataclass(frozen=True)
class DecisionCandidate:
    """A decision of the deployment beside the newest version there is."""

    facts: DecisionFacts
    file: DecisionFile
    newest: DecisionRecord | None

    @property
    def id(self) -> str:
        """The decision's id, the same in every version."""
        return self.facts.id

    @property
    def digest(self) -> str:
        """What the version is made of: its file, with what that imports."""
        return self.file.digest

    @property
    def unchanged(self) -> bool:
        """Whether the newest version is made of the same."""
        return self.newest is not None and self.newest.digest == self.digest

    @property
    def kept(self) -> DecisionRef | None:
        """The newest version there is."""
        return None if self.newest is None else _reference(self.newest)


def decision_candidates(
    work: Work, files: Mapping[str, DecisionFile]
) -> Iterator[DecisionCandidate]:
    """The decisions of the files that may be called."""
    for file in files.values():
        for facts in file.facts:
            newest = decisions.latest(work.connection, work.actor.tenant, facts.id)
            yield DecisionCandidate(facts, file, newest)


def new_decision_version(
    work: Work, deployment_id: str, candidate: DecisionCandidate
) -> DecisionRef:
    """Writes a version of a decision."""
    facts, newest = candidate.facts, candidate.newest
    record = DecisionRecord(
        id=new_id(),
        tenant=work.actor.tenant,
        decision_id=facts.id,
        version=1 if newest is None else newest.version + 1,
        version_tag=candidate.file.decision(facts.id).version_tag,
        deployment_id=deployment_id,
        resource_name=candidate.file.name,
        digest=candidate.digest,
        name=facts.name,
        inputs=dump_json([asdict(each) for each in facts.inputs]),
    )
    decisions.add_definition(work.uow, record)
    return _reference(record)


def _reference(record: DecisionRecord) -> DecisionRef:
    return DecisionRef(record.id, record.decision_id, record.version)
