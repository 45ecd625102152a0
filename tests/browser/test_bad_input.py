"""What people do wrongly in a browser, in Kazakh and in Russian: it is said, and nothing is lost.

Wrong signatures and NCALayer's troubles are in `test_signing`, presses that come twice in
`test_mishaps`, a window that closes in `test_settings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, StorageState

from engine.commands import SaveTaskDraft
from engine.forms.messages import KEYWORDS, filled
from handlers.fk_b03 import refusals
from tests.browser.judging import foreign_words
from tests.browser.qadam import Qadam
from tests.browser.visit import NARROW, WIDE, Visit, shows
from tests.processes.fk_b03 import ANSWERS, BIN, DETAILS, Office
from tests.support.files import pdf
from tests.support.ncalayer import CANCELLED, NcaLayer

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1"}
SMALL = "150140000022"
START = "/cabinet/start/fk_b03"
PLACES_GONE = {
    "kk": "Өтінім толтырылғаннан кейін орындар басқа өтініммен алынды.",
    "ru": "После заполнения этой заявки места заняты другой заявкой.",
}
NOT_BELONGING = {
    "kk": "Бұл мамандық таңдалған кәсіби салаға жатпайды",
    "ru": "Эта профессия не из выбранной области",
}
NOT_SAVED = (
    "Not saved: you are signed out. Leave this page open and sign in again in another tab; "
    "then it is saved by itself."
)
OTHER_BANK = {"kk": "«Kaspi Bank» АҚ", "ru": "АО «Kaspi Bank»"}


WELDER = {"professional_area": "construction", "profession": "welder"}


@dataclass(frozen=True)
class Counter:
    """A served installation, the tasks that wait in it, and what stands for NCALayer."""

    qadam: Qadam
    ncalayer: NcaLayer
    task: dict[str, str]


@pytest.fixture(name="counter", scope="module")
def _counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("bad-input")
    office = Office(folder / "data")
    office.clock.now = datetime.now(UTC) - timedelta(hours=1)
    task = Preparing(office).tasks()
    office.close()
    ncalayer = NcaLayer(folder)
    qadam = Qadam(folder / "data", {"QADAM_NCALAYER_URL": ncalayer.address}).serve()
    yield Counter(qadam, ncalayer, task)
    qadam.end()
    ncalayer.end()


class Preparing:
    """Brings applications where the tests begin."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def tasks(self) -> dict[str, str]:
        """Task ids by name."""
        taken = self._case("fill_details", bin=SMALL)
        self._office.do(taken, "fill_application", profession="storekeeper", places=2)
        late = self._case("fill_details", bin=SMALL)
        self._office.do(late, "fill_application", places=2)
        self._office.do(taken, "sign_application")
        named = {"places gone": self._task(late, "sign_application")}
        for name in ("details", "session kk", "session ru", "stale kk", "stale ru"):
            named[name] = self._task(self._case(), "fill_details")
        named["application"] = self._task(self._case("fill_details"), "fill_application")
        named["profession"] = self._task(self._case("fill_details"), "fill_application")
        self._office.engine.execute(
            SaveTaskDraft(named["profession"], ANSWERS["fill_application"]),
            self._office.person("employer-1").actor,
        )
        named |= self._for_one_profession()
        signed = self._case("fill_details")
        self._office.do(signed, "fill_application", places=1)
        named["sign"] = self._task(signed, "sign_application")
        return named

    def _for_one_profession(self) -> dict[str, str]:
        """A task of 1.2 and one of 1.4, while another application for the profession is sent."""
        sent, filled_in = (self._case("fill_details") for _ in range(2))
        for case in (sent, filled_in):
            self._office.do(case, "fill_application", **WELDER, places=1)
        self._office.do(sent, "sign_application")
        return {
            "profession taken": self._task(self._case("fill_details"), "fill_application"),
            "profession gone": self._task(filled_in, "sign_application"),
        }

    def _case(self, *elements: str, bin: str = BIN) -> str:
        case = self._office.start(financial_year=self._office.clock.now.year, bin=bin)
        self._office.walk(case, *elements)
        return case

    def _task(self, case: str, element: str) -> str:
        return str(self._office.task(case, element)[1].id)


@pytest.fixture(name="known", scope="module")
def _known() -> dict[str, StorageState]:
    """What the browsers of the employer keep after signing in, by language."""
    return {}


@pytest.fixture(name="at")
def _at(
    counter: Counter, visit: Callable[..., Visit], known: dict[str, StorageState]
) -> Callable[..., Visit]:
    """Seats the employer: `at("kk")`."""
    counter.ncalayer.asked.clear()
    counter.ncalayer.answer = lambda _args: CANCELLED

    def sit(language: str, **how: object) -> Visit:
        address = counter.qadam.address
        if language in known:
            return visit(address, language, state=known[language], **how)
        employer = visit(address, language, **how).sign_in(EMPLOYER[language])
        known[language] = employer.context.storage_state()
        return employer

    return sit


def said_at(at: Visit, control: Locator) -> str:
    """What stands beside a control as its error, which its description names."""
    assert control.get_attribute("aria-invalid") == "true"
    described = (control.get_attribute("aria-describedby") or "").split()
    error = at.page.locator(f"#{next(each for each in described if each.endswith('-error'))}")
    shows(error)
    return error.inner_text()


def is_said(at: Visit, form: str, field: str, sentence: str) -> None:
    """At the field and in the summary, which leads there."""
    shows(at.summary())
    assert sentence in said_at(at, at.control(form, field))
    shows(at.summary().get_by_role("link").filter(has_text=sentence))


def sign_in_elsewhere(at: Visit, name: str) -> None:
    """In another tab of the same browser."""
    here = at.page
    at.page = at.tab()
    at.sign_in(name)
    at.page.close()
    at.page = here


def after_lunch(at: Visit) -> None:
    """A while later, for the page."""
    at.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=30))


def is_typed(at: Visit, form: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        assert at.control(form, name).input_value() == value, name


# -- numbers and addresses


@BOTH
def test_numbers_that_are_wrong_by_themselves(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['details']}")
    typed = {**DETAILS, "iban": "KZ86125KZT5004100101", "kbe": "99", "phone": "+7 727",
             "email": "почта"}  # fmt: skip
    employer.fill("details", typed)
    employer.press()
    shows(employer.summary())
    for field, kind in (("kbe", "kz-kbe"), ("phone", "tel"), ("email", "email")):
        is_said(employer, "details", field, KEYWORDS[f"format {kind}"][language])
    assert "IBAN" in said_at(employer, employer.control("details", "iban"))
    is_typed(employer, "details", typed)
    employer.look("bad-numbers")
    employer.resize(NARROW)
    employer.look("bad-numbers")


@BOTH
def test_an_account_at_another_bank_than_the_one_chosen(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['details']}")
    typed = {**DETAILS, "iban": "KZ02722KZT5004100100"}
    employer.fill("details", typed)
    employer.press()
    sentence = filled(KEYWORDS["x-options code-in"], OTHER_BANK)[language]
    is_said(employer, "details", "bic", sentence)
    is_typed(employer, "details", typed)
    employer.look("bad-bank")


@BOTH
def test_an_iin_that_can_not_be(at: Callable[..., Visit], language: str) -> None:
    employer = at(language)
    employer.go(START)
    fill_start(employer)
    for number, slip in (
        ("900101300018", "check digit"),
        ("901301300017", "date"),
        (BIN, "kind"),
    ):
        employer.fill("start", {"power_holder_iin": number})
        employer.press("Continue")
        sentence = KEYWORDS[f"format kz-iin {slip}"][language]
        is_said(employer, "start", "power_holder_iin", sentence)
        assert employer.control("start", "power_holder_iin").input_value() == number
        assert employer.control("start", "power_holder").input_value() == "Үлгі Өкіл"
    employer.look("bad-iin")


def fill_start(at: Visit) -> None:
    year = datetime.now(UTC).year
    ground = {"financial_year": year, "bin": BIN, "filing_ground": "power_of_attorney"}
    at.fill("start", ground)
    at.fill("start", {
        "power_holder": "Үлгі Өкіл", "power_holder_iin": "900101300017", "power_number": "7",
        "power_date": f"{year}-01-01", "power_until": f"{year + 1}-12-31",
    })  # fmt: skip


@BOTH
def test_a_number_of_places_that_can_not_be(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['application']}")
    employer.fill("application", ANSWERS["fill_application"])
    for typed, key, limit in (
        ("0", "minimum", 1),
        ("-1", "minimum", 1),
        ("1" + "0" * 30, "maximum", 999),
        ("٣", "type integer", None),
        ("2 3", "type integer", None),
    ):
        employer.fill("application", {"places": typed})
        employer.press("Continue")
        is_said(employer, "application", "places", filled(KEYWORDS[key], limit)[language])
        assert employer.control("application", "places").input_value() == typed
        assert employer.page.locator("[name=measure]:checked").get_attribute("value") == "YP"
    employer.look("bad-places")


@BOTH
def test_a_profession_of_another_area(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language, javascript=False)
    employer.go(f"/tasks/{counter.task['profession']}")
    employer.fill("application", {"professional_area": "catering"})
    employer.press("Continue")
    is_said(employer, "application", "profession", NOT_BELONGING[language])
    assert employer.control("application", "places").input_value() == "3"


def before_the_number(texts: Mapping[str, str], language: str) -> str:
    """What is said up to the number of the other application."""
    return texts[language].partition("{number}")[0]


@BOTH
def test_a_profession_that_has_an_application_already(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['profession taken']}")
    employer.fill("application", {**ANSWERS["fill_application"], **WELDER, "places": 1})
    employer.press("Continue")
    employer.button({"kk": "Өтінімді сақтау", "ru": "Сохранить заявку"}[language]).click()
    said = before_the_number(refusals.PROFESSION_TAKEN, language)
    is_said(employer, "application", "profession", said)
    assert re.search(r"№ \d{4}-\d+", employer.summary().inner_text())
    assert employer.control("application", "profession").input_value() == "welder"
    assert employer.control("application", "places").input_value() == "1"
    assert foreign_words(employer.page) == set()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.look("profession-taken")


@BOTH
def test_a_profession_for_which_another_application_was_sent_meanwhile(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "profession gone")
    employer.press("Sign with a demo key")
    said = before_the_number(refusals.PROFESSION_GONE, language)
    shows(employer.summary().filter(has_text=said))
    assert employer.page.locator("[name=sending]:checked").get_attribute("value") == "send"
    employer.look("profession-gone")


# -- files


@BOTH
def test_files_that_are_refused(at: Callable[..., Visit], tmp_path: Path, language: str) -> None:
    employer = at(language)
    employer.go(START)
    fill_start(employer)
    employer.fill("start", {"power_number": ""})
    field = employer.control("start", "power_document")
    wrong = tmp_path / "сурет.pdf"
    for content, sentence in (
        (b"", {"kk": "Файл бос", "ru": "Файл пустой"}),
        (b"MZ a program", {"kk": "PDF, JPEG немесе PNG файлын тіркеңіз",
                           "ru": "Приложите файл PDF, JPEG или PNG"}),
    ):  # fmt: skip
        wrong.write_bytes(content)
        field.set_input_files(wrong)
        employer.press("Continue")
        is_said(employer, "start", "power_document", sentence[language])
        assert employer.control("start", "power_holder").input_value() == "Үлгі Өкіл"
    large = tmp_path / "үлкен.pdf"
    large.write_bytes(b"%PDF-1.7" + b" " * (25 * 1024 * 1024))
    field.set_input_files(large)
    told = employer.page.locator("[data-too-large]")
    shows(told.filter(has_text={"kk": "шегінен үлкен", "ru": "больше"}[language]))
    assert field.input_value() == ""
    employer.examine("too-large-a-file")
    right = tmp_path / "сенімхат.docx"
    right.write_bytes(pdf())
    field.set_input_files(right)
    assert told.inner_text() == ""
    employer.press("Continue")
    shows(employer.page.get_by_text("сенімхат.docx.pdf"))
    assert employer.control("start", "power_holder").input_value() == "Үлгі Өкіл"


# -- the session


@BOTH
def test_a_session_that_ends_while_the_form_is_filled_in(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task[f'session {language}']}")
    employer.fill("details", DETAILS)
    employer.context.clear_cookies(name="qadam")
    after_lunch(employer)
    employer.press()
    status = employer.page.locator("[data-autosave]")
    shows(status.filter(has_text=employer.says(NOT_SAVED)))
    is_typed(employer, "details", DETAILS)
    employer.look("session-ended")
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press()
    shows(employer.page.locator("#field-region"))
    assert employer.complaints == []


@BOTH
def test_a_session_that_ends_before_a_new_application_is_begun(
    at: Callable[..., Visit], language: str
) -> None:
    employer = at(language)
    employer.go(START)
    fill_start(employer)
    employer.fill("start", {"power_number": ""})
    employer.context.clear_cookies(name="qadam")
    after_lunch(employer)
    employer.press("Continue")
    told = employer.page.locator("[data-signed-out]")
    shows(told.filter(has_text={"kk": "сеансыңыз аяқталды", "ru": "сеанс завершён"}[language]))
    employer.examine("session-ended-at-the-start")
    assert employer.control("start", "power_holder").input_value() == "Үлгі Өкіл"
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press("Continue")
    is_said(employer, "start", "power_number", KEYWORDS["required"][language])
    assert employer.control("start", "power_holder").input_value() == "Үлгі Өкіл"


@BOTH
def test_a_page_of_an_older_session_without_javascript(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    """Signing in again made its token worthless: the page comes back with what was typed."""
    employer = at(language, javascript=False)
    employer.go(f"/tasks/{counter.task[f'stale {language}']}")
    employer.fill("details", DETAILS)
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press()
    sentence = {"kk": "Тергеніңіз осында сақталды", "ru": "Всё набранное осталось здесь"}
    shows(employer.summary().filter(has_text=sentence[language]))
    is_typed(employer, "details", DETAILS)
    assert foreign_words(employer.page) == set()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.look("stale-page")
    employer.press()
    shows(employer.page.locator("#field-region"))


@BOTH
def test_a_session_that_ends_before_the_signature(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "sign")
    employer.context.clear_cookies(name="qadam")
    employer.press("Sign with NCALayer")
    status = employer.page.get_by_role("status")
    shows(status.filter(has_text={"kk": "қол қойылған жоқ", "ru": "ничего не подписано"}[language]))
    assert counter.ncalayer.asked == []
    assert employer.page.locator("[name=sending]:checked").get_attribute("value") == "send"
    employer.examine("signed-out-while-signing")
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press("Sign with NCALayer")
    shows(status.filter(has_text=employer.says(
        "You closed NCALayer's window without signing. Nothing was sent; you can sign again."
    )))  # fmt: skip
    assert len(counter.ncalayer.asked) == 1


@BOTH
def test_no_connection_while_signing(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "sign")
    employer.page.route("**/signature/prepared", lambda route: route.abort())
    employer.press("Sign with NCALayer")
    status = employer.page.get_by_role("status")
    shows(status.filter(has_text={"kk": "байланыс жоқ", "ru": "нет связи"}[language]))
    assert "Failed to fetch" not in employer.page.locator("[data-told]").inner_text()
    assert counter.ncalayer.asked == []


def go_to_sign(at: Visit, counter: Counter, name: str) -> None:
    """Answers the form, so that only the signature is missing."""
    at.go(f"/tasks/{counter.task[name]}")
    at.fill("filing", {"sending": "send"})
    at.press("Continue")
    shows(at.heading(at.says("Signature")))


# -- what others did meanwhile


@BOTH
def test_places_that_ran_out_meanwhile(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "places gone")
    employer.press("Sign with a demo key")
    shows(employer.summary().filter(has_text=PLACES_GONE[language]))
    assert re.search(r"\b2\b.*\b0\b", employer.summary().inner_text())
    assert employer.page.locator("[name=sending]:checked").get_attribute("value") == "send"
    assert foreign_words(employer.page) == set()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.look("places-gone")
