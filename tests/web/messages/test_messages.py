"""Staff's messages: found by those who may see them, sent again, their texts written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from handlers.shared import email_records
from handlers.shared.details_records import keep_details
from tests.processes.fk_b03 import DETAILS, TO_SENT, Office
from web.demo_mailbox import DemoMailbox

NOBODY = "nobody@example.invalid"
TEXT = "/messages/texts/fk_b03/closing/withdrawn"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An application whose e-mail failed."""
    opened = Office(tmp_path_factory.mktemp("data"))
    case = opened.start()
    opened.do(case, "fill_details", **{**DETAILS, "email": NOBODY})
    opened.walk(case, *TO_SENT[1:])
    opened.installation.outbox.deliver_due()
    yield opened
    opened.close()


class At:
    """A person at a client of their own."""

    def __init__(self, client: FlaskClient, person: str) -> None:
        self.client = client
        self.post("/sign-in", "/sign-in", person=person)
        client.get("/sign-in?lang=en")

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)

    def post(self, address: str, page: str, /, **values: str) -> Any:
        html = self.client.get(page).get_data(as_text=True)
        hidden = {
            name: re.findall(rf'name="{name}" value="([^"]*)"', html)[-1]
            for name in ("csrf_token", "command_id", "version")
            if f'name="{name}"' in html
        }
        return self.client.post(address, data=hidden | values, follow_redirects=True)


@pytest.fixture(scope="module")
def at(office: Office) -> Callable[[str], At]:
    app = office.installation.web()
    return lambda person: At(app.test_client(), person)


def some(office: Office, group: str) -> str:
    return next(each.id for each in office.installation.people if group in each.groups)


@pytest.mark.parametrize("group", ["specialist", "director", "unit_head", "operator"])
def test_staff_read_messages_and_others_do_not(
    at: Callable[[str], At], office: Office, group: str
) -> None:
    assert "Messages" in at(some(office, group)).page("/messages/")
    for stranger in ("employer-1", some(office, "analyst")):
        assert at(stranger).client.get("/messages/").status_code == 403


def test_what_failed_is_found_by_state_number_and_bin(
    at: Callable[[str], At], office: Office
) -> None:
    staff = at(some(office, "operator"))
    for query in ("?state=failed", "?search=150140000012", f"?search={NOBODY}"):
        assert NOBODY in staff.page(f"/messages/{query}")
    for query in ("?state=sent", "?search=nothing"):
        assert NOBODY not in staff.page(f"/messages/{query}")


def test_the_case_and_the_cabinet_tell_of_it(at: Callable[[str], At], office: Office) -> None:
    actor = office.person("employer-1").actor
    case = office.installation.post.received(actor)[0].message.instance_id
    assert NOBODY in at(some(office, "operator")).page(f"/instances/{case}")
    own = at("employer-1")
    assert "did not arrive" in own.page("/cabinet/messages")
    assert "Check passed" in own.page(f"/cabinet/applications/{case}")


def test_all_that_failed_is_sent_again(at: Callable[[str], At], office: Office) -> None:
    staff = at(some(office, "operator"))
    answer = staff.post("/messages/send-again", "/messages/?state=failed")
    assert "1 e-mail is sent again." in answer.get_data(as_text=True)
    assert office.installation.outbox.deliver_due() == 1


def test_messages_of_other_enterprises_are_nobody_s(at: Callable[[str], At]) -> None:
    assert "Check passed" not in at("employer-2").page("/cabinet/messages")


def test_texts_are_written_by_owners_and_only_read_by_others(
    at: Callable[[str], At], office: Office
) -> None:
    reader = at(some(office, "specialist"))
    assert "Change the text" not in reader.page(TEXT)
    assert reader.post(TEXT, TEXT, press="restore").status_code == 403


def test_a_text_that_can_t_be_sent_keeps_what_was_typed(
    at: Callable[[str], At], office: Office
) -> None:
    owner = at(some(office, "process_owner"))
    answer = owner.post(TEXT, TEXT, press="save", **texts(subject="{nothing} at all"))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There are: {number" in html
    assert 'value="{nothing} at all"' in html


def test_who_was_slower_is_told_and_keeps_what_was_typed(
    at: Callable[[str], At], office: Office
) -> None:
    owner = at(some(office, "process_owner"))
    saved = owner.post(TEXT, TEXT, press="save", **texts(subject="First {number}"))
    assert "The text is kept" in saved.get_data(as_text=True)
    late = owner.post(TEXT, TEXT, press="save", **texts(subject="Second"), version="0")
    html = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "has changed this text meanwhile" in html
    assert 'value="Second"' in html
    back = owner.post(TEXT, TEXT, press="restore")
    assert "The delivered text is in force again." in back.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["/messages/999", "/messages/texts/fk_b03/nothing", "/messages/texts/other/x"]
)
def test_what_is_not_there_is_not_found(
    at: Callable[[str], At], office: Office, address: str
) -> None:
    assert at(some(office, "operator")).client.get(address).status_code == 404


HUGE = "99999999999999999999999"


@pytest.mark.parametrize(
    ("person", "address", "status"),
    [
        ("operator-1", f"/messages/?before={HUGE}", 400),
        ("operator-1", f"/messages/{HUGE}", 404),
        ("employer-1", f"/cabinet/messages?before={HUGE}", 400),
    ],
)
def test_a_number_that_no_row_has_breaks_nothing(
    at: Callable[[str], At], person: str, address: str, status: int
) -> None:
    assert at(person).client.get(address).status_code == status


@pytest.mark.parametrize("version", ["-5", "7", HUGE, "x"])
def test_a_version_that_nobody_wrote_is_refused(
    at: Callable[[str], At], office: Office, version: str
) -> None:
    page = "/messages/texts/fk_b03/sent"
    answer = at("owner-1").post(page, page, press="save", **texts(), version=version)
    assert answer.status_code in (400, 409)
    assert office.installation.post.versions(written(office, "sent")) == []


def written(office: Office, key: str) -> Any:
    return office.installation.post.notice("fk_b03", key, office.clock().date())


def test_a_text_keeps_the_places_that_it_can_t_do_without(at: Callable[[str], At]) -> None:
    page = "/messages/texts/fk_b03/refused"
    answer = at("owner-1").post(page, page, press="save", **texts())
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "This message is not sent without: {eligibility.failed}" in html
    assert "must stay" in html


def test_another_language_keeps_the_text_that_was_typed(
    at: Callable[[str], At], office: Office
) -> None:
    staff = at(some(office, "process_owner"))
    typed = texts(subject="Typed", body="Never { closed")
    html = staff.post(TEXT, TEXT, **typed, lang="ru").get_data(as_text=True)
    assert '<html lang="ru"' in html
    assert 'value="Typed"' in html
    assert "Never { closed</textarea>" in html
    assert 'id="error-summary"' not in html
    assert "Typed" not in staff.page(TEXT)


@pytest.mark.parametrize("group", ["specialist", "process_owner"])
def test_texts_are_those_of_a_process_by_its_name_with_a_number_like_the_real_ones(
    at: Callable[[str], At], office: Office, group: str
) -> None:
    staff = at(some(office, group))
    for page in ("/messages/texts/", TEXT):
        html = staff.page(page)
        assert ">fk_b03<" not in html
        assert "Organisation of subsidised jobs" in html
    real = office.installation.post.received(office.person("employer-1").actor)[0].message
    (shown,) = set(re.findall(r"\d{4}-\d{6}", staff.page(TEXT)))
    assert real.business_key is not None
    assert re.fullmatch(r"\d{4}-\d{6}", real.business_key)
    assert shown == "2026-000002"


def test_looking_at_messages_does_not_mark_them_but_the_press_does(
    at: Callable[[str], At], office: Office
) -> None:
    actor = office.person("employer-1").actor
    post = office.installation.post
    own = at("employer-1")
    own.page("/cabinet/messages")
    own.page("/cabinet/messages")
    unread = [each.message.id for each in post.received(actor) if each.message.read_at is None]
    assert unread
    stranger = at("employer-2")
    stranger.post("/cabinet/messages/read", "/cabinet/messages", message=str(unread[0]))
    assert [each.message.read_at for each in post.received(actor)].count(None) == len(unread)
    own.post("/cabinet/messages/read", "/cabinet/messages", message=str(unread[0]))
    assert [each.message.read_at for each in post.received(actor)].count(None) == len(unread) - 1
    refused = own.post("/cabinet/messages/read", "/cabinet/messages", message=HUGE)
    assert refused.status_code == 400


def test_what_has_no_address_is_listed_told_in_the_cabinet_and_sent_once_named(
    at: Callable[[str], At], office: Office
) -> None:
    case = office.begin("employer-2", bin="900101300037")
    staff, own = at("operator-1"), at("employer-2")
    assert "900101300037" in staff.page("/messages/?state=no_address")
    page = own.page("/cabinet/messages")
    assert page.count("we have no address") == 1
    assert 'href="/cabinet/account/900101300037"' in page
    post = office.installation.post
    posted = next(each for each in post.of_instance(case) if each.email is not None)
    page = f"/messages/{posted.message.id}"
    assert "No address" in staff.page(page)
    wrong = staff.post(f"{page}/send-again", page, address="a@[1.kz")
    assert wrong.status_code == 422
    sent = staff.post(f"{page}/send-again", page, address="found@example.kz")
    assert "The e-mail is sent again." in sent.get_data(as_text=True)


def test_an_e_mail_that_is_being_sent_is_said_to_be(
    at: Callable[[str], At], office: Office
) -> None:
    staff, post = at("operator-1"), office.installation.post
    case = office.begin("employer-6", bin="150140003017")
    told = next(each for each in post.of_instance(case) if each.email is not None)
    page = f"/messages/{told.message.id}"
    staff.post(f"{page}/send-again", page, address="first@example.kz")
    with office.engine.database.transaction() as connection:
        connection.execute(
            update(email_records.email)
            .where(email_records.email.c.message_id == told.message.id)
            .values(state=email_records.SENDING)
        )
    answer = staff.post(f"{page}/send-again", "/messages/?state=failed", address="b@example.kz")
    assert "is being sent at this moment" in answer.get_data(as_text=True)
    assert "Being sent" in staff.page(page)


def test_who_filed_at_the_counter_sees_the_messages_of_a_case_without_a_unit(
    at: Callable[[str], At], office: Office
) -> None:
    case = office.begin("specialist-1", bin="150140000042")
    (told, *_rest) = office.installation.post.of_instance(case)
    assert told.message.unit is None
    page = f"/messages/{told.message.id}"
    assert "150140000042" in at("specialist-1").page(page)
    assert "150140000042" in at("operator-1").page(page)
    assert at("specialist-3").client.get(page).status_code == 404


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fsecret_key"])
def test_the_mailbox_gives_its_own_files_only(
    at: Callable[[str], At], office: Office, name: str
) -> None:
    client = at(some(office, "operator")).client
    assert client.get(f"/messages/mailbox/{name}").status_code in (301, 302, 308, 404)


def test_a_language_is_chosen_for_own_enterprises(at: Callable[[str], At], office: Office) -> None:
    own = at("employer-1")
    page = "/cabinet/messages/language"
    refused = own.post(page, page, **{"150140000012": "de", "150140000022": "ru"})
    assert refused.status_code == 422
    own.post(page, page, **{"150140000012": "ru", "150140000022": "en", "900101300037": "en"})
    chosen = office.installation.post.languages(office.person("employer-1").actor)
    assert chosen == {"150140000012": "ru", "150140000022": "en"}
    other = office.installation.post.languages(office.person("employer-2").actor)
    assert other == {"900101300037": "kk"}


def test_the_mailbox_reads_what_has_no_date(tmp_path: Path) -> None:
    (tmp_path / "old.eml").write_bytes(b"To: a@example.kz\r\nSubject: Old\r\n\r\nText\r\n")
    (mail,) = DemoMailbox(tmp_path).newest()
    assert (mail.subject, mail.text, mail.language) == ("Old", "Text", "kk")


def texts(**changes: str) -> dict[str, str]:
    """What the form of a text posts, one field of English changed."""
    typed = {f"{part}-{code}": part for part in ("subject", "body") for code in ("kk", "ru", "en")}
    return typed | {f"{part}-en": text for part, text in changes.items()}


def test_who_entered_an_address_is_not_asked_for_one(
    at: Callable[[str], At], office: Office
) -> None:
    office.begin("employer-5", bin="150140002019")
    own = at("employer-5")
    assert "we have no address" in own.page("/cabinet/messages")
    with office.engine.database.transaction() as connection:
        keep_details(
            connection,
            "150140002019",
            {"email": "five@example.kz"},
            changed_by="employer-5",
            now=office.clock(),
        )
    assert "we have no address" not in own.page("/cabinet/messages")
