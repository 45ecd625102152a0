"""Who may start a process by hand."""

from __future__ import annotations

from engine.definitions import Definition
from engine.errors import NotAllowed
from engine.processors.work import Work


def require_starter(work: Work, definition: Definition) -> None:
    """Raises NotAllowed unless the actor has a role that the diagram lets start the process."""
    facts, actor = definition.facts, work.actor
    if actor.is_system or not (facts.starter_groups or facts.starter_users):
        return
    if actor.groups & set(facts.starter_groups) or actor.user in facts.starter_users:
        return
    raise NotAllowed(
        f"Expected {actor.user} to start {definition.process_id}, "
        f"but that takes one of the roles {', '.join(facts.starter_groups) or 'named in it'}"
    )
