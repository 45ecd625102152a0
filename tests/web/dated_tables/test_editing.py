"""Rows are added, corrected, ended and taken out, after a look at what would hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from engine.commands import DatedRow, EditDatedTable
from engine.identity import Actor
from handlers.fk_b03.inquiring import read_patience
from handlers.shared.patience import Patience
from tests.processes.fk_b03 import Office
from tests.web.dated_tables.test_looking import OWNER, edit, text_of

SignIn = Callable[..., Any]
FORM = "/settings/fk_b03/{table}/edit?key={key}&row={row}&action={action}"


def held(office: Office, key: str, table: str = "terms") -> list[tuple[str, str | None, Any]]:
    view = office.queries.dated_table(Actor.system(), f"fk_b03/{table}")
    return [
        (str(row.span.first), row.span.last and str(row.span.last), row.value)
        for row in view.rows
        if row.key == key
    ]


def send(
    browser: Any, table: str, key: str, row: str, action: str, press: str = "apply", /, **typed: str
) -> Any:
    """Sends the form of one edit as a browser would, with what it carries along."""
    page = FORM.format(table=table, key=key, row=row, action=action)
    version = re.search(r'name="version" value="([^"]+)"', browser.get(page).text)
    assert version is not None
    data = {"key": key, "action": action, "note": "Order 7", "press": press, **typed}
    if row:
        data["row"] = row
    return browser.post(f"/settings/fk_b03/{table}/edit", page, **{"version": version[1], **data})


def test_a_new_value_from_a_day_on_is_looked_at_and_then_confirmed(
    office: Office, sign_in: SignIn
) -> None:
    browser = sign_in("owner-1")
    typed = {"value": "7", "from": "2026-06-01", "to": ""}
    page = send(browser, "terms", "2.2", "2023-06-30", "add", "preview", **typed)
    assert page.status_code == 200
    assert "So it would hold: " in text_of(page)
    assert "from 1 June 2026, no end: 7 working days new" in text_of(page)
    assert "days that are past" not in text_of(page)
    assert 'value="apply"' in page.text
    assert held(office, "2.2") == [("2023-06-30", None, 5)]
    answer = send(browser, "terms", "2.2", "2023-06-30", "add", **typed)
    assert answer.status_code == 302
    assert held(office, "2.2") == [("2023-06-30", "2026-05-31", 5), ("2026-06-01", None, 7)]
    assert "Changed: 2.2. " in text_of(browser.get(answer.location))


def test_a_mistake_is_corrected_and_the_past_is_not_changed_unsaid(
    office: Office, sign_in: SignIn
) -> None:
    browser = sign_in("owner-1")
    typed = {"value": "6", "from": "2023-06-30", "to": ""}
    page = send(browser, "terms", "2.2", "2023-06-30", "correct", "preview", **typed)
    assert "This also changes what held on days that are past." in text_of(page)
    send(browser, "terms", "2.2", "2023-06-30", "correct", **typed)
    assert held(office, "2.2") == [("2023-06-30", None, 6)]


def test_a_window_is_added_ended_and_taken_out(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("owner-1")
    data = {"from": "2035-12-01", "to": "2036-12-31"}
    answer = send(browser, "windows", "", "", "add", **data | {"key": "2036"})
    assert answer.status_code == 302
    assert held(office, "2036", "windows") == [("2035-12-01", "2036-12-31", True)]
    send(browser, "windows", "2036", "2035-12-01", "end", to="2036-11-30")
    assert held(office, "2036", "windows") == [("2035-12-01", "2036-11-30", True)]
    page = send(browser, "windows", "2036", "2035-12-01", "out", "preview")
    assert "On no day." in text_of(page)
    send(browser, "windows", "2036", "2035-12-01", "out")
    assert held(office, "2036", "windows") == []


def test_what_was_deployed_comes_back(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("owner-1")
    page = FORM.format(table="terms", key="2.2", row="2023-06-30", action="add")
    assert "action=deployed" not in browser.get(page).text, "nothing to give up yet"
    edit(office, "2.2", DatedRow(date(2026, 6, 1), None, 7))
    assert "action=deployed" in browser.get(page).text
    send(browser, "terms", "2.2", "2026-06-01", "deployed")
    assert held(office, "2.2") == [("2023-06-30", None, 5)]


def test_values_are_typed_as_people_write_them(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("owner-1")
    day = {"from": "2026-06-01", "to": ""}
    for key, value, kept in (
        ("employment_rate", "12,5", "0.125"),
        ("recheck_pause", "5", "P5D"),
        ("minimum_wage", "90 000", 90000),
    ):
        row = held(office, key, "eligibility")[-1][0]
        answer = send(browser, "eligibility", key, row, "add", value=value, **day)
        assert answer.status_code == 302, answer.text
        assert held(office, key, "eligibility")[-1][2] == kept
    form = FORM.format(table="eligibility", key="employment_rate", row="2026-06-01", action="add")
    assert 'value="12.5"' in browser.get(form).text
    answer = send(
        browser, "eligibility", "legal_forms", "2023-06-30", "add", value="legal_entity", **day
    )
    assert answer.status_code == 302
    assert held(office, "legal_forms", "eligibility")[-1][2] == ["legal_entity"]
    waits = {"value.first": "2", "value.second": "5", "value.then": "30", "value.lasts": "3"}
    answer = send(browser, "eligibility", "registry_waits", "2023-06-30", "add", **waits, **day)
    assert answer.status_code == 302, answer.text
    kept_waits = held(office, "registry_waits", "eligibility")[-1][2]
    assert kept_waits == {"first": "PT2M", "second": "PT5M", "then": "PT30M", "lasts": "P3D"}
    assert read_patience(kept_waits) == Patience(
        (timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=30)), timedelta(days=3)
    )
    answer = send(browser, "centres", "kato/75", "2023-06-30", "add", value="astana", **day)
    assert answer.status_code == 302
    assert held(office, "kato/75", "centres")[-1][2] == "astana"


def test_a_centre_has_a_new_telephone(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("unit-head-1")
    page = browser.get(
        FORM.format(table="centre_details", key="almaty", row="2023-06-30", action="add")
    ).text
    typed = {
        name: re.sub(r"&#39;", "'", value)
        for name, value in re.findall(
            r'<input class="govuk-input" id="value[^"]*" name="(value[^"]*)" value="([^"]*)"', page
        )
    }
    assert typed["value.phone"] == "+7 (727) 310-47-82"
    typed |= {
        name: value.strip()
        for name, value in re.findall(
            r'<textarea [^>]*name="(value[^"]*)"[^>]*>([^<]*)</textarea>', page
        )
    }
    typed["value.phone"] = "call us"
    wrong = send(
        browser, "centre_details", "almaty", "2023-06-30", "add", **typed | {"from": "2026-03-02"}
    )
    assert wrong.status_code == 422
    assert 'href="#value-phone"' in wrong.text
    assert 'value="call us"' in wrong.text
    typed["value.phone"] = "+7 (727) 300-00-00"
    done = send(
        browser, "centre_details", "almaty", "2023-06-30", "add", **typed | {"from": "2026-03-02"}
    )
    assert done.status_code == 302, done.text
    assert "+7 (727) 300-00-00" in sign_in("employer-1").get("/cabinet/").text


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(sign_in: SignIn) -> None:
    browser = sign_in("owner-1", "kk")
    page = send(
        browser, "terms", "2.2", "2023-06-30", "add", note="", value="жеті", **{"from": "1.6.26"}
    )
    assert page.status_code == 422
    assert 'href="#from"' in page.text
    assert 'value="1.6.26"' in page.text and 'value="жеті"' in page.text
    page = send(
        browser, "terms", "2.2", "2023-06-30", "add", note="", value="жеті",
        **{"from": "2026-06-01"},
    )  # fmt: skip
    assert page.status_code == 422
    assert "Бүтін сан енгізіңіз" in page.text
    assert "Негіздемені жазыңыз" in page.text
    for action, name in (("add", "from"), ("end", "to")):
        page = send(browser, "terms", "2.2", "2023-06-30", action, value="7")
        assert page.status_code == 422
        assert f'href="#{name}"' in page.text


def test_what_someone_else_changed_meanwhile_is_not_overwritten(
    office: Office, sign_in: SignIn
) -> None:
    browser = sign_in("owner-1")
    row = {"value": "9", "from": "2026-07-01", "to": ""}
    page = FORM.format(table="terms", key="2.2", row="2023-06-30", action="add")
    shown = re.search(r'name="version" value="([^"]+)"', browser.get(page).text)
    assert shown is not None
    edit(office, "2.2", DatedRow(date(2026, 6, 1), None, 7))
    answer = send(browser, "terms", "2.2", "2023-06-30", "add", version=shown[1], **row)
    assert answer.status_code == 409
    assert "owner changed this table meanwhile" in text_of(answer)
    assert 'value="9"' in answer.text
    assert held(office, "2.2")[-1][2] == 7


def test_pressing_twice_changes_once(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("owner-1")
    page = FORM.format(table="windows", key="", row="", action="add")
    data = browser.tokens(page) | {
        "key": "2036", "action": "add", "from": "2036-01-01", "to": "2036-01-31",
        "note": "Order 7", "press": "apply",
    }  # fmt: skip
    for _ in range(2):
        assert browser.client.post("/settings/fk_b03/windows/edit", data=data).status_code == 302
    view = office.queries.dated_table(OWNER, "fk_b03/windows")
    assert len(view.edits) == 1


def test_a_form_open_while_the_window_closes_tells_so_and_keeps_what_was_typed(
    office: Office, sign_in: SignIn
) -> None:
    employer = sign_in("employer-1")
    typed = {"financial_year": "2026", "bin": "150140000022"}
    tokens = employer.tokens("/cabinet/start/fk_b03")
    assert "are taken until 31 December 2026" in text_of(employer.get("/cabinet/"))
    window = DatedRow(date(2025, 12, 1), date(2026, 3, 1), True)
    edit(office, "2026", window, "windows", replaces=date(2025, 12, 1))
    edit(office, "2026", DatedRow(date(2026, 5, 1), date(2026, 9, 30), True), "windows")
    answer = employer.client.post("/cabinet/start/fk_b03", data=tokens | typed)
    assert answer.status_code == 422
    assert "Applications for 2026 are not taken now." in text_of(answer)
    assert "Next period: 01.05.2026 – 30.09.2026, for 2026." in text_of(answer)
    assert re.search(r'value="150140000022" selected', answer.text)
    assert re.search(r'value="2026" selected', answer.text)
    assert office.queries.instance_list(Actor.system(), state="all").rows == ()
    for path in ("/cabinet/", "/cabinet/start/fk_b03"):
        page = employer.get(path)
        assert "New applications are not taken now" in page.text
        assert "Next: 1 May 2026 to 30 September 2026, for 2026." in text_of(page)
        assert 'name="financial_year"' not in page.text
    office.clock.advance(days=60)
    assert 'name="financial_year"' in employer.get("/cabinet/start/fk_b03").text


def test_only_years_with_an_open_window_are_offered(office: Office, sign_in: SignIn) -> None:
    def years() -> list[str]:
        page = sign_in("employer-1").get("/cabinet/start/fk_b03").text
        (select,) = re.findall(r'name="financial_year".*?</select>', page, re.DOTALL)
        return re.findall(r'value="(\d+)"', select)

    assert years() == ["2026"]
    edit(office, "2041", DatedRow(date(2026, 3, 2), date(2026, 3, 31), True), "windows")
    assert years() == ["2026", "2041"]
    office.clock.advance(days=30)
    assert years() == ["2026"]


def test_no_window_at_all_is_said_too(office: Office, sign_in: SignIn) -> None:
    for row in office.queries.dated_table(OWNER, "fk_b03/windows").rows:
        office.engine.execute(
            EditDatedTable("fk_b03/windows", row.key, "Order 7", replaces=row.span.first), OWNER
        )
    said = text_of(sign_in("employer-1").get("/cabinet/"))
    assert "The next days are not announced yet." in said
