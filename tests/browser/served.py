"""An installation in this process, served to browsers: the test has its clock and its executor."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from flask import Flask
from playwright.sync_api import Locator, StorageState
from werkzeug.serving import WSGIRequestHandler, make_server

from handlers.shared import demo
from handlers.shared.classifier_files import read_shipped
from tests.browser.visit import Visit
from tests.processes.fk_b03 import SYSTEM, TO_APPROVED, TO_CONCLUDED, Office
from web.configuration import ROOT


class _Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


class Served(Office):
    """An office whose pages are at `address`.

    `sessions` is what the browsers of those who signed in keep, by person and language.
    """

    address: str

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.sessions: dict[tuple[str, str], StorageState] = {}

    def seat(self, visit: Callable[..., Visit], user: str, language: str, **how: object) -> Visit:
        """A demo person who is signed in, at a browser of their own."""
        known = self.sessions.get((user, language))
        if known is not None:
            return visit(self.address, language, state=known, **how)
        at = visit(self.address, language, **how).sign_in(self.person(user).names[language])
        self.sessions[user, language] = at.context.storage_state()
        return at

    def task_path(self, instance_id: str, element: str) -> str:
        """The page of an open task."""
        return f"/tasks/{self.task(instance_id, element)[1].id}"

    def approved_for(self, **answers: object) -> str:
        """An approved application with these answers in its form."""
        case = self.start()
        self.do(case, "fill_details")
        self.do(case, "fill_application", **{"places": 1, **answers})
        self.walk(case, *TO_APPROVED[2:])
        return case

    def profession(self, application: str) -> Mapping[str, str]:
        """The profession that an application is for, in words by language."""
        code = self.queries.instance(SYSTEM, application).variables["profession"]
        return _names_of_professions()[str(code)]

    def concluded_for(self, **answers: object) -> str:
        """An application whose contract both sides have signed."""
        case = self.approved_for(**answers)
        self.walk(self.contracts()[-1], *TO_CONCLUDED)
        return case


@cache
def _names_of_professions() -> Mapping[str, Mapping[str, str]]:
    return {
        entry.code: entry.names
        for edition, _source, _data in read_shipped(demo.CLASSIFIERS)
        for entry in edition.entries
        if entry.level == "profession"
    }


@contextmanager
def served(data: Path) -> Iterator[Served]:
    """Serves a new installation while the context lasts."""
    with closing(Served(data)) as office, serving(office.installation.web()) as office.address:
        yield office


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serves an application while the context lasts; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def done(at: Visit) -> Locator:
    """What the page tells when the press was carried out."""
    return at.told(at.says("Done: %(name)s.").partition("%")[0].strip())


def status(code: str, language: str) -> str:
    """A status of FK-B.03 in words."""
    path = ROOT / "bpmn" / "fk_b03" / "statuses.json"
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))[code]["names"]
    return names[language]
