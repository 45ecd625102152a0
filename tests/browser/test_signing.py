"""Signing in a browser: NCALayer's stand-in on the loopback, every wrong signature, a phone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from engine.signatures.refusal import MESSAGES
from tests.browser.judging import foreign_words, raw_codes
from tests.browser.qadam import Qadam
from tests.browser.visit import LANGUAGES, NARROW, WIDE, Visit, shows
from tests.processes.fk_b03 import BIN, TO_SENT, Office
from tests.support.ncalayer import CANCELLED, NcaLayer, signed
from tests.support.signing import WRONG, Keys, as_text, parts, revocation_service

pytestmark = pytest.mark.browser

EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1", "en": "Demo Employer 1"}
IIN = "850312390018"
NAMES = ("wrong", "ncalayer", "file", "demo", "phone", "tablet", "two tabs", "replayed", "states")
SENDING = {"sending": "send"}
CLOSED = "You closed NCALayer's window without signing. Nothing was sent; you can sign again."
COULD_NOT = (
    "NCALayer could not sign. Check that the key is at hand and its password right, and try again."
)
NO_PROGRAM = (
    "This browser does not run the page's program, so it can't reach NCALayer. "
    "Sign the document in another program and send the file with the signature."
)


@dataclass(frozen=True)
class Bench:
    """An installation with NCALayer's stand-in, and applications that wait for a signature."""

    qadam: Qadam
    ncalayer: NcaLayer
    keys: Keys
    task: dict[str, str]
    instance: dict[str, str]


@pytest.fixture(name="bench", scope="module")
def _bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("signing")
    office = Office(folder / "data")
    office.clock.now = datetime.now(UTC) - timedelta(hours=1)
    task, instance = {}, {}
    for name in NAMES:
        instance[name] = office.start(financial_year=office.clock.now.year, bin=BIN)
        office.do(instance[name], TO_SENT[0])
        office.do(instance[name], TO_SENT[1], places=1)
        task[name] = office.task(instance[name], TO_SENT[2])[1].id
    keys = Keys(office.authority, folder, IIN, BIN, datetime.now(UTC))
    office.close()
    ncalayer = NcaLayer(folder)
    with revocation_service() as service:
        service.publish(keys)
        told = {"QADAM_NCALAYER_URL": ncalayer.address, **service.settings}
        qadam = Qadam(folder / "data", told).serve()
        yield Bench(qadam, ncalayer, keys, task, instance)
        qadam.end()
    ncalayer.end()


@pytest.fixture(name="at")
def _at(bench: Bench, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Seats the employer: `at("kk")`. NCALayer signs rightly until a test says otherwise."""
    bench.ncalayer.absent = False
    bench.ncalayer.asked.clear()
    bench.ncalayer.answer = lambda args: signed(as_text(bench.keys.right(content(args))))

    def sit(language: str = "kk", **how: Any) -> Visit:
        return visit(bench.qadam.address, language, **how).sign_in(EMPLOYER[language])

    return sit


def content(args: dict[str, Any]) -> bytes:
    """What NCALayer was asked to sign."""
    return base64.b64decode(args["data"])


def go_to_sign(at: Visit, bench: Bench, name: str) -> None:
    """Answers the form, so that only the signature is missing."""
    at.go(f"/tasks/{bench.task[name]}")
    at.fill("filing", SENDING)
    at.press("Continue")
    shows(at.heading(at.says("Signature")))


def is_sent(at: Visit, bench: Bench, name: str) -> None:
    """The application has left: its page says who signed it."""
    at.page.wait_for_url(f"**/cabinet/applications/{bench.instance[name]}")
    proofs = at.page.get_by_text(at.says("Who signed, and what was checked"))
    shows(proofs)
    for proof in proofs.all():  # of the request for the check, and of the application
        proof.click()
    shows(at.page.get_by_role("definition").filter(has_text=IIN))
    shows(at.page.get_by_text(at.says("It was not revoked then.")))
    assert at.complaints == []


def test_ncalayer_signs_what_the_page_shows(at: Callable[..., Visit], bench: Bench) -> None:
    bench.ncalayer.answer = lambda args: signed([as_text(bench.keys.right(content(args)))])
    employer = at("kk")
    go_to_sign(employer, bench, "ncalayer")
    shows(employer.button("Sign with NCALayer"))
    employer.examine("sign-with-ncalayer")
    shown = employer.page.locator(".q-hash").first.inner_text()
    employer.press("Sign with NCALayer")
    is_sent(employer, bench, "ncalayer")
    employer.examine("application-signed")
    (asked,) = bench.ncalayer.asked
    assert (asked["signerParams"]["iin"], asked["signerParams"]["bin"]) == (IIN, BIN)
    assert asked["locale"] == "kk"
    assert hashlib.sha256(content(asked)).hexdigest() == shown


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_signature_says_why_and_loses_nothing(
    at: Callable[..., Visit], bench: Bench, how: str, language: str
) -> None:
    bench.ncalayer.answer = lambda args: signed(as_text(bench.keys.wrong(how, content(args))))
    employer = at(language)
    go_to_sign(employer, bench, "wrong")
    employer.press("Sign with NCALayer")
    for part in parts(MESSAGES[WRONG[how]][language]):
        shows(employer.summary().filter(has_text=part.strip()))
    expect(employer.page.locator("[name=sending]:checked")).to_have_attribute("value", "send")
    shows(employer.button("Sign with NCALayer"))
    assert foreign_words(employer.page) <= {"RSA", "GOST"}
    name = f"wrong-{how.replace(' ', '-')}"
    if how == "expired":
        employer.examine(name)
    else:
        employer.look(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_happen_to_ncalayer_is_said(
    at: Callable[..., Visit], bench: Bench, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, bench, "states")
    ncalayer = bench.ncalayer

    def press(sentence: str) -> None:
        employer.press("Sign with NCALayer")
        shows(employer.page.get_by_role("status").filter(has_text=employer.says(sentence)))

    ncalayer.answer = lambda _: CANCELLED
    press(CLOSED)
    ncalayer.answer = lambda _: {"status": False, "code": "500", "message": "Неверный пароль"}
    press(COULD_NOT)
    shows(employer.page.get_by_text("Неверный пароль"))
    ncalayer.answer = lambda _: None
    press(COULD_NOT)
    assert employer.complaints == []
    ncalayer.absent = True
    press("NCALayer does not answer on this computer")
    assert all("WebSocket" in each for each in employer.complaints)
    employer.complaints.clear()
    employer.examine("ncalayer-absent")
    employer.resize(NARROW)
    employer.examine("ncalayer-absent")
    if language != "en":
        assert foreign_words(employer.page) == set()


def test_by_keyboard_alone(at: Callable[..., Visit], bench: Bench) -> None:
    bench.ncalayer.answer = lambda _: CANCELLED
    employer = at("ru")
    go_to_sign(employer, bench, "states")
    employer.reach("button", employer.says("Sign with NCALayer"))
    employer.page.keyboard.press("Enter")
    shows(employer.page.get_by_role("status").filter(has_text=employer.says(CLOSED)))


def test_a_file_from_another_program_without_javascript(
    at: Callable[..., Visit], bench: Bench, tmp_path: Path
) -> None:
    employer = at("ru", javascript=False)
    go_to_sign(employer, bench, "file")
    shows(employer.page.get_by_text(employer.says(NO_PROGRAM)))
    expect(employer.button("Sign with NCALayer")).to_be_hidden()
    employer.page.get_by_text(employer.says("I have signed it in another program")).click()
    paper = employer.page.locator("iframe.q-paper").get_attribute("src")
    document = employer.context.request.get(f"{employer.address}{paper}").body()
    for how, then in (("other bytes", "refused"), (None, "sent")):
        file = tmp_path / "application.p7s"
        cms = bench.keys.wrong(how, document) if how else bench.keys.right(document)
        file.write_bytes(cms)
        employer.page.get_by_label(employer.says("File with the signature")).set_input_files(file)
        employer.press("Send the signature")
        if then == "refused":
            shows(employer.summary().filter(has_text=MESSAGES["message_digest"]["ru"]))
            employer.page.get_by_text(employer.says("I have signed it in another program")).click()
    is_sent(employer, bench, "file")


def test_a_phone_hands_over_to_a_computer(at: Callable[..., Visit], bench: Bench) -> None:
    phone = at("kk")
    phone.context.set_extra_http_headers({"Sec-CH-UA-Mobile": "?1"})
    phone.resize(NARROW)
    go_to_sign(phone, bench, "phone")
    sentence = "On a phone or tablet you can read the document, but not sign it"
    shows(phone.page.get_by_text(phone.says(f"{sentence}: NCALayer runs on computers only.")))
    phone.examine("sign-on-a-phone")
    phone.press("Save and sign at a computer")
    shows(phone.heading(phone.says("Go on at a computer")))
    phone.examine("go-on-at-a-computer")
    computer = at("kk")
    computer.go(urlsplit(phone.page.locator(".q-address").inner_text()).path)
    shows(computer.heading(computer.says("To be signed")))
    computer.examine("to-be-signed")
    computer.page.locator(f"a[href='/tasks/{bench.task['phone']}']").click()
    expect(computer.page.locator("[name=sending]:checked")).to_have_attribute("value", "send")
    computer.press("Continue")
    computer.press("Sign with NCALayer")
    is_sent(computer, bench, "phone")


def test_a_tablet_that_names_itself_a_mac_hands_over_to_a_computer(
    at: Callable[..., Visit], bench: Bench
) -> None:
    tablet = at("kk")
    tablet.context.add_init_script(
        "Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' });"
        "Object.defineProperty(navigator, 'maxTouchPoints', { get: () => 5 });"
    )
    go_to_sign(tablet, bench, "tablet")
    sentence = "On a phone or tablet you can read the document, but not sign it"
    shows(tablet.page.get_by_text(tablet.says(f"{sentence}: NCALayer runs on computers only.")))
    expect(tablet.button("Sign with NCALayer")).to_have_count(0)
    tablet.examine("sign-on-a-tablet")
    tablet.press("Save and sign at a computer")
    shows(tablet.heading(tablet.says("Go on at a computer")))


def test_the_second_of_two_tabs_is_told_that_it_was_signed(
    at: Callable[..., Visit], bench: Bench
) -> None:
    employer = at("kk")
    first, second = employer.page, employer.tab()
    for employer.page in (first, second):
        go_to_sign(employer, bench, "two tabs")
    employer.page = first
    employer.press("Sign with NCALayer")
    is_sent(employer, bench, "two tabs")
    employer.page = second
    employer.press("Sign with NCALayer")
    sentence = "The document has changed, or this task is no longer open."
    shows(
        employer.page.get_by_role("status").filter(
            has_text=employer.says(f"{sentence} Reload the page and look at it again.")
        )
    )
    assert len(bench.ncalayer.asked) == 1


def test_a_signature_that_is_sent_again_does_nothing(
    at: Callable[..., Visit], bench: Bench
) -> None:
    employer = at("ru")
    go_to_sign(employer, bench, "replayed")
    sent: list[str] = []
    employer.page.on("request", lambda request: sent.append(request.post_data or ""))
    employer.press("Sign with NCALayer")
    is_sent(employer, bench, "replayed")
    (posted,) = (each for each in sent if "nonce=" in each)
    answer = employer.context.request.post(
        f"{bench.qadam.address}/tasks/{bench.task['replayed']}/signature",
        data=posted,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status == 200  # the same press: its first outcome


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Қол қою мерзімі өтті немесе ол бұрын жіберілген."),
        ("ru", "Срок подписания истёк или подпись уже отправлялась."),
    ],
)
def test_a_nonce_that_was_given_for_another_signature(
    at: Callable[..., Visit], bench: Bench, language: str, sentence: str
) -> None:
    employer = at(language)
    go_to_sign(employer, bench, "wrong")

    def exchange(route: Route) -> None:
        route.fulfill(json={**route.fetch().json(), "nonce": "of another signature"})

    employer.page.route("**/signature/prepared", exchange)
    employer.press("Sign with NCALayer")
    shows(employer.summary().filter(has_text=sentence))
    expect(employer.page.locator("[name=sending]:checked")).to_have_attribute("value", "send")


def test_a_demo_key(at: Callable[..., Visit], bench: Bench) -> None:
    employer = at("en")
    go_to_sign(employer, bench, "demo")
    employer.press("Sign with a demo key")
    is_sent(employer, bench, "demo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_trying_ones_signature(at: Callable[..., Visit], bench: Bench, language: str) -> None:
    employer = at(language)
    employer.link(employer.says("Try my signature")).click()
    shows(employer.button("Sign with NCALayer"))
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.examine("try-my-signature")
    employer.press("Sign with NCALayer")
    shows(employer.heading(employer.says("Would it be accepted?")))
    shows(employer.page.get_by_role("listitem").filter(has_text=employer.says("Yes")))
    for width in (NARROW, WIDE):
        employer.resize(width)
        employer.examine("tried-my-signature")
    if language != "en":
        assert foreign_words(employer.page) == set()
    assert raw_codes(employer.page) == set()
    (asked,) = bench.ncalayer.asked
    assert "iin" not in asked["signerParams"]
    employer.link(employer.says("Try again")).click()
    bench.ncalayer.answer = lambda args: signed(as_text(bench.keys.wrong("expired", content(args))))
    employer.press("Sign with NCALayer")
    shows(employer.heading(employer.says("This signature would not be accepted")))
    employer.examine("tried-expired")
