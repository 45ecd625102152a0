"""Messages as people meet them: the cabinet's, staff's, the texts, the demonstration's mailbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.visit import LANGUAGES, NARROW, WIDE, Visit, shows
from tests.processes.fk_b03 import DETAILS, TO_SENT

pytestmark = pytest.mark.browser
NOBODY = "nobody@example.invalid"


@pytest.fixture(scope="module")
def office(office: Served) -> Served:
    """An office with an application whose e-mails arrived, and one whose address is wrong."""
    good = office.start()
    office.walk(good, *TO_SENT, "form_demand_supply")
    bad = office.start(bin="150140000022")
    office.do(bad, "fill_details", **{**DETAILS, "email": NOBODY})
    office.do(bad, "fill_application", places=2)
    office.walk(bad, "sign_application", "form_demand_supply")
    office.do(bad, "review_application", review="remark")
    office.walk(bad, "enter_remark", "advise_employer")
    office.installation.outbox.deliver_due()
    return office


@pytest.fixture
def address(office: Served) -> str:
    return office.address


@pytest.fixture
def at(address: str, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    def begin(language: str, person: dict[str, str]) -> Visit:
        return visit(address, language).sign_in(person[language])

    return begin


EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1", "en": "Demo Employer 1"}
OWNER = {"kk": "Демо Процесс иесі", "ru": "Демо Владелец процесса", "en": "Demo Process Owner"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_messages_fits_and_is_accessible(
    at: Callable[..., Visit], language: str
) -> None:
    staff = at(language, OWNER)
    for width in (WIDE, NARROW):
        staff.resize(width)
        for name, path in (
            ("list", "/messages/"),
            ("failed", "/messages/?state=failed"),
            ("texts", "/messages/texts/"),
            ("text", "/messages/texts/fk_b03/returned"),
            ("mailbox", "/messages/mailbox/"),
        ):
            staff.go(path)
            staff.examine(f"messages-{name}")
        staff.go("/messages/?state=failed")
        staff.page.locator("tbody a").first.click()
        shows(staff.page.get_by_label(staff.says("Address")))
        staff.examine("messages-message")
        staff.go("/messages/mailbox/")
        staff.page.locator("tbody a").first.click()
        staff.examine("messages-mail")
    own = at(language, EMPLOYER)
    for width in (WIDE, NARROW):
        own.resize(width)
        for name, path in (
            ("cabinet", "/cabinet/messages"),
            ("language", "/cabinet/messages/language"),
        ):
            own.go(path)
            own.examine(f"messages-{name}")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_failed_e_mail_is_sent_again_to_the_right_address(
    at: Callable[..., Visit], office: Served, language: str
) -> None:
    staff = at(language, OWNER)
    staff.go("/messages/?state=failed")
    staff.page.locator("tbody a").first.click()
    field = staff.page.get_by_label(staff.says("Address"))
    expect(field).to_have_value(NOBODY)
    field.fill("not an address")
    staff.press("Send again")
    shows(staff.summary())
    right = f"right-{language}@example.kz"
    staff.page.get_by_label(staff.says("Address")).fill(right)
    staff.press("Send again")
    shows(staff.told("The e-mail is sent again."))
    office.installation.outbox.deliver_due()
    staff.go("/messages/mailbox/")
    shows(staff.page.get_by_text(right))


def test_a_text_is_changed_with_a_preview_and_put_back(at: Callable[..., Visit]) -> None:
    staff = at("ru", OWNER)
    staff.go("/messages/texts/fk_b03/closing/withdrawn")
    subject = staff.page.locator("#subject-ru")
    subject.fill("Отзыв {nothing}")
    staff.press("See how it will look")
    shows(staff.summary())
    staff.page.locator("#subject-ru").fill("Отзыв заявки {number}")
    staff.press("See how it will look")
    shows(staff.page.get_by_text("Отзыв заявки 2026-000002"))
    staff.examine("messages-preview")
    staff.press("Save")
    shows(staff.told("The text is kept. It is used from the next message on."))
    staff.examine("messages-versions")
    staff.press("Back to the delivered text")
    shows(staff.told("The delivered text is in force again."))


def test_an_employer_chooses_the_language_with_the_keyboard(at: Callable[..., Visit]) -> None:
    own = at("kk", EMPLOYER)
    own.go("/cabinet/messages/language")
    own.page.locator("[id='150140000012-kk']").focus()
    own.page.keyboard.press("ArrowRight")
    own.reach("button", own.says("Save"))
    own.page.keyboard.press("Enter")
    shows(own.told("The language of e-mails is kept."))
    own.go("/cabinet/messages/language")
    expect(own.page.locator("[id='150140000012-ru']")).to_be_checked()


def test_messages_are_read_once_the_page_is_seen(at: Callable[..., Visit], office: Served) -> None:
    case = office.begin("employer-1")
    employer = at("ru", EMPLOYER)
    employer.go("/cabinet/messages")
    shows(employer.page.locator("span.q-tag", has_text="Новое"))
    employer.page.locator("form[data-by-itself]").wait_for(state="hidden")
    told = office.installation.post.of_instance(case)
    assert told
    assert all(each.message.read_at for each in told)
    employer.go("/cabinet/messages")
    expect(employer.page.locator("span.q-tag", has_text="Новое")).to_have_count(0)
