"""Who may start a process by hand, and for whom."""

from __future__ import annotations

from collections.abc import Mapping

from engine import feel
from engine.definitions import Definition
from engine.diagram import ElementFacts
from engine.errors import BadCommand, InvalidSubmission, NotAllowed, NotFound
from engine.forms import Texts
from engine.processors.instance import LiveInstance
from engine.processors.work import Work
from engine.scopes import ROOT
from engine.store import deployments

_NOT_YOURS: Texts = {
    "kk": "Бұл нөмір сіздің кәсіпорындарыңыздың ешқайсысына тиесілі емес. Өз кәсіпорныңызды "
    "таңдаңыз",
    "ru": "Этот номер не принадлежит ни одному из ваших предприятий. Выберите своё предприятие",
    "en": "This number is of none of your enterprises. Choose your own enterprise",
}


def start_by_hand(
    work: Work, process_id: str, version: int | None
) -> tuple[Definition, ElementFacts]:
    """The version of a process, the newest unless said, and the event at which it is started.

    Raises NotFound; NotAllowed unless the actor has a role that the diagram lets start it;
    BadCommand where only messages start it.
    """
    found = deployments.version_of(work.connection, work.actor.tenant, process_id, version)
    if found is None:
        raise NotFound(f"Expected a process {process_id}, but none is deployed")
    definition = work.around.definitions.of(work.connection, found)
    _require_starter(work, definition)
    start = definition.none_start()
    if start is None:
        raise BadCommand(
            f"Expected {process_id} to have a none start event, but it is started by a message"
        )
    return definition, start


def _require_starter(work: Work, definition: Definition) -> None:
    facts, actor = definition.facts, work.actor
    if actor.is_system or not (facts.starter_groups or facts.starter_users):
        return
    if actor.groups & set(facts.starter_groups) or actor.user in facts.starter_users:
        return
    raise NotAllowed(
        f"Expected {actor.user} to start {definition.process_id}, "
        f"but that takes one of the roles {', '.join(facts.starter_groups) or 'named in it'}"
    )


def require_own_party(instance: LiveInstance, submitted: Mapping[str, object]) -> None:
    """Raises InvalidSubmission at the field that names a party which the actor does not act for.

    It comes before the completion check, which may know more of that party than the actor should.
    A party that is known only later is looked at when the instance has begun.
    """
    text, actor = instance.definition.facts.party, instance.work.actor
    if text is None or actor.is_system or actor.parties is None:
        return
    names = [name for each in feel.find_expressions(text) for name in each.names]
    if not names or any(submitted.get(name) is None for name in names):
        return
    if instance.scopes.evaluate(text, ROOT, submitted) not in actor.parties:
        raise InvalidSubmission({names[0]: _NOT_YOURS})
