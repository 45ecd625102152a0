"""Finished tokens go when a step has ended: no live token needs one (see `tokens`)."""

from __future__ import annotations

from engine.spiff.tokens import ProcessTokens


def prune(process: ProcessTokens) -> None:
    """Drop every finished token. State and time stay flat however often a diagram loops."""
    for scope in process.scopes():
        live = {token.id: token for token in scope.live_tokens()}
        scope.tasks = {scope.task_tree.id: scope.task_tree, **live}
        for token in scope.tasks.values():
            token._children = [child for child in token._children if child in live]
    process.tokens = {
        token_id: token for token_id, token in process.tokens.items() if token.is_live
    }
