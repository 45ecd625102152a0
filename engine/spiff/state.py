"""The saved state of an instance: its live tokens, without the specification and without data.

Format 2, compact JSON:

    [2, last id, [[host, [token, …]], …]]    scopes, outermost first; none: the instance has ended
    token = [id, owner, name of its spec, started, data]     `data` is left out when empty

`host` and `owner` are token ids, 0 is the root. `started` is 0 for a token that waits at a join or
listens on behalf of its owner, else 1. An older format is read through its upgrader for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.errors import StateFormatError
from engine.spiff.business_rules import Decisions
from engine.spiff.scoping import Variables
from engine.spiff.specification import Specification
from engine.spiff.tokens import ROOT, ProcessTokens, Scope, Token

FORMAT = 2


def dump(process: ProcessTokens) -> bytes:
    """The state of an instance whose tokens are at rest."""
    scopes = [_dump_scope(scope) for scope in process.scopes() if not scope.completed]
    return orjson.dumps([FORMAT, process.last_id, scopes])


def _dump_scope(scope: Scope) -> list[object]:
    host = ROOT if scope.host is None else scope.host.id
    return [host, [_dump_token(token) for token in scope.live_tokens()]]


def _dump_token(token: Token) -> list[object]:
    owner = ROOT if token.owner is None else token.owner.id
    started = int(token._state == TaskState.STARTED)
    row: list[object] = [token.id, owner, token.task_spec.name, started]
    if token.internal_data:
        row.append(token.internal_data)
    return row


def load(
    specification: Specification, variables: Variables, decisions: Decisions, state: bytes
) -> ProcessTokens:
    """Bring an instance to life again; raises StateFormatError."""
    _format, last_id, scopes = _read(state)
    process = ProcessTokens(specification, variables, decisions, last_id)
    process.completed = not scopes
    for host_id, rows in scopes:
        scope = _load_scope(process, host_id)
        for row in rows:
            _load_token(scope, *row)
    return process


def _read(state: bytes) -> list[Any]:
    try:
        found = orjson.loads(state)
    except orjson.JSONDecodeError as error:
        raise StateFormatError(f"Expected a token state, but it can't be read: {error}") from error
    number = _format_of(found)
    while number != FORMAT:
        upgrade = UPGRADERS.get(number)
        if upgrade is None:
            raise StateFormatError(
                f"Expected a token state of format 1 to {FORMAT}, but found format {number}"
            )
        found = upgrade(found)
        number = _format_of(found)
    return found


def _format_of(found: object) -> int | None:
    if isinstance(found, dict):
        found = [found.get("format")]
    number = found[0] if isinstance(found, list) and found else None
    return number if isinstance(number, int) else None


def _load_scope(process: ProcessTokens, host_id: int) -> Scope:
    if host_id == ROOT:
        return process
    host = process.tokens[host_id]
    return process.create_subprocess(host, host.task_spec.inside.name)


def _load_token(
    scope: Scope,
    token_id: int,
    owner_id: int,
    name: str,
    started: int,
    data: dict[str, Any] | None = None,
) -> None:
    spec = scope.spec.task_specs.get(name)
    if spec is None:
        raise StateFormatError(
            f"Expected an element {name} for token {token_id}, but the process definition has none"
        )
    state = TaskState.STARTED if started else TaskState.WAITING
    token = Token(scope, spec, scope.tasks[owner_id], state, token_id)
    token.internal_data = data or {}
    waits_at_join = spec.is_join and not started
    if waits_at_join:
        scope.arrived.setdefault(name, []).append(token)
    token.entered = bool(started) or waits_at_join
    token.waits = spec.waits_outside
    if token.entered and token.owner is None:
        scope.live += 1
    if spec.has_condition:
        scope.top_workflow.conditional[token_id] = token


def _upgrade_1(found: dict[str, Any]) -> list[Any]:
    """Format 1 named its parts: {"format", "last_id", "scopes": [{"host", "tokens": [{…}]}]}."""
    return [
        2,
        found["last_id"],
        [
            [
                scope["host"],
                [
                    [
                        token["id"],
                        token["owner"],
                        token["spec"],
                        int(token["state"] == "STARTED"),
                        token["data"],
                    ]
                    for token in scope["tokens"]
                ],
            ]
            for scope in found["scopes"]
        ],
    ]


UPGRADERS: dict[int | None, Callable[[Any], list[Any]]] = {1: _upgrade_1}
