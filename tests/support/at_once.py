"""Calls made at the same moment from threads of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


def at_once(*calls: Callable[[], Any]) -> list[Future[Any]]:
    """Makes all calls at the same moment; returns them ended, in their order."""
    ready = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [pool.submit(run, call) for call in calls]


def failures(ended: list[Future[Any]]) -> list[BaseException]:
    """What the calls raised."""
    raised = (each.exception() for each in ended)
    return [error for error in raised if error is not None]
