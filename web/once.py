"""Questions whose answer holds for a whole page are asked once while it is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from flask import g, has_request_context, request

from engine.queries import Queries

_ONCE = frozenset(
    {
        "actions",
        "contacts",
        "fields",
        "startable_processes",
        "statuses",
        "task_counts",
        "waiting_texts",
        "windows",
    }
)
_LOOKING = frozenset({"GET", "HEAD"})


def once_a_page(queries: Queries) -> Queries:
    """The queries, for the page that is being made; as they are where something may be changed."""
    if not has_request_context() or request.method not in _LOOKING:
        return queries
    if "asked_once" not in g:
        g.asked_once = _AskedOnce(queries)
    return cast(Queries, g.asked_once)


class _AskedOnce:
    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self._answers: dict[tuple[Any, ...], Any] = {}

    def __getattr__(self, name: str) -> Any:
        question = getattr(self._queries, name)
        return partial(self._answer, name, question) if name in _ONCE else question

    def _answer(self, name: str, question: Callable[..., Any], *of: Any, **options: Any) -> Any:
        key = (name, of, tuple(sorted(options.items())))
        if key not in self._answers:
            self._answers[key] = question(*of, **options)
        return self._answers[key]
