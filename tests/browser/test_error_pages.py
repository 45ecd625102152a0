"""Every page that says what went wrong: it fits, speaks its language, has no violation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from flask import abort

from engine import errors
from tests.browser.judging import foreign_words, raw_codes
from tests.browser.served import serving
from tests.browser.visit import NARROW, Visit, shows
from web.bootstrap import install
from web.configuration import read_configuration

pytestmark = pytest.mark.browser

WRONG = {"kk": "Он екі сан жазыңыз", "ru": "Укажите двенадцать цифр", "en": "Give twelve digits"}
WENT_WRONG: dict[str, tuple[int, Callable[[], object]]] = {
    "bad-command": (400, lambda: _raise(errors.BadCommand("expected an id"))),
    "not-allowed": (403, lambda: _raise(errors.NotAllowed("not yours"))),
    "a-colleagues": (403, lambda: _raise(errors.AssignedToAnother("taken", "specialist-1"))),
    "not-found": (404, lambda: _raise(errors.NotFound("no such task"))),
    "method": (405, lambda: abort(405)),
    "conflict": (
        409,
        lambda: _raise(errors.Conflict("done", who="specialist-2", when=datetime.now(UTC))),
    ),
    "too-large": (413, lambda: abort(413)),
    "invalid": (422, lambda: _raise(errors.InvalidSubmission({"bin": WRONG}))),
    "signature": (422, lambda: _raise(errors.SignatureRefused("digest", WRONG))),
    "step-failed": (500, lambda: _raise(errors.StepFailed("check", "a handler broke"))),
    "defect": (500, lambda: _raise(RuntimeError("a defect"))),
}


def _raise(error: Exception) -> object:
    raise error


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Qadam with one page more for each thing that can go wrong."""
    told = {"QADAM_DATA": str(tmp_path_factory.mktemp("errors")), "EDS_MODE": "demo"}
    installation = install(read_configuration(told))
    app = installation.web()
    for name, (_, happens) in WENT_WRONG.items():
        app.add_url_rule(f"/wrong/{name}", f"wrong_{name}", happens)
    with closing(installation.engine), serving(app) as at:
        yield at


@pytest.mark.parametrize(
    ("language", "person"), [("kk", "Демо Жұмыс беруші 1"), ("ru", "Демо Работодатель 1")]
)
def test_a_page_of_an_error_fits_speaks_its_language_and_has_no_violation(
    address: str, visit: Callable[..., Visit], language: str, person: str
) -> None:
    at = visit(address, language).sign_in(person)
    for name, (status, _) in WENT_WRONG.items():
        assert at.go(f"/wrong/{name}") == status
        shows(at.page.get_by_text(f"{at.says('Error')} {status}", exact=True))
        at.complaints.clear()  # of the status itself
        at.examine(f"error-{name}")
        at.resize(NARROW)
        at.examine(f"error-{name}")
        at.resize(1280)
        assert foreign_words(at.page) == set()
        assert raw_codes(at.page) == set()


def test_an_older_page_says_in_its_language_that_it_is_no_longer_signed_in(
    address: str, visit: Callable[..., Visit]
) -> None:
    at = visit(address, "kk").sign_in("Демо Жұмыс беруші 1")
    at.page.locator("[name=csrf_token]").first.evaluate("field => { field.value = 'old'; }")
    at.press("Log out")
    shows(at.page.get_by_text(f"{at.says('Error')} 400", exact=True))
    at.resize(NARROW)
    at.examine("error-stale")
