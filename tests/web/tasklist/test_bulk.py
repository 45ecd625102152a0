"""Tasks done together: on the real engine with FK-B.03, and at the edges on one from memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from engine.commands import ClaimTask, CompleteTask
from engine.errors import Conflict, InvalidSubmission, NotAllowed, SignatureRefused, StepFailed
from engine.forms import load_form
from engine.results import Completed
from tests.processes.fk_b03 import TO_SENT, Office
from web.app import create_app
from web.settings import WebSettings

SignIn = Callable[..., Any]
DONE, NOT_DONE = "q-tag--good", "q-tag--bad"
REFUSED = {"": {"kk": "Терезе жабық", "ru": "Приём закрыт", "en": "The window is closed"}}

VISIT = b"""{"type": "object", "properties": {"visited_on": {
    "type": "string", "format": "date", "x-label": {"en": "Visited on"}, "x-check": {
        "expression": "= date(visited_on) <= today()",
        "x-error": {"kk": "k", "ru": "r", "en": "This day is to come"}}}}}"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def sit(office: Office) -> Iterator[SignIn]:
    """Signs people in at the pages over the real engine."""
    app = create_app(
        office.engine,
        WebSettings(secret_key="not secret", demo=True, cookie_secure=False),
        office.installation.people,
        signer=office.authority,
        clock=office.clock,
    )
    app.config["WTF_CSRF_ENABLED"] = False

    def as_person(person: str, language: str = "en") -> Any:
        client = app.test_client()
        client.post("/sign-in", data={"person": person})
        client.get(f"/sign-in?lang={language}")
        return client

    return as_person


def address(tasks: Sequence[str]) -> str:
    return "/tasks/together?" + "&".join(f"task={each}" for each in tasks)


def press(client: Any, tasks: Sequence[str], key: str = "a" * 32, **answer: str) -> Any:
    data = {"command_id": key, "press": "complete"} | answer
    return client.post(address(tasks), data=data)


def three_at_the_list(office: Office) -> list[str]:
    """Three applications of one employer, walked to the list that is sent (row 2.5)."""
    cases = []
    for _ in range(3):
        case = office.start()
        for element in (*TO_SENT, "form_demand_supply", "review_application"):
            values = {"places": 1} if element == "fill_application" else {}
            office.do(case, element, **values)
        cases.append(case)
    return cases


def open_tasks(office: Office, cases: Sequence[str], element: str) -> list[str]:
    return [office.task(case, element, "specialist-1")[1].id for case in cases]


def test_three_applications_are_sent_together_and_decided_together(
    office: Office, sit: SignIn
) -> None:
    cases = three_at_the_list(office)
    specialist = sit("specialist-1")
    lists = open_tasks(office, cases, "send_list")
    html = specialist.get("/tasks/?tab=group").text
    assert html.count('form="together"') == 3
    page = specialist.get(address(lists))
    assert page.status_code == 200
    assert "3 tasks chosen" in page.text
    assert page.text.count('name="list_note"') == 1
    for case in cases:
        assert office.row(case).business_key in page.text
    answer = press(specialist, lists, list_note="With the list of March")
    assert answer.status_code == 200
    assert "Done: 3 of 3." in answer.text
    office.work()
    decisions = open_tasks(office, cases, "enter_decision")
    answer = press(specialist, decisions, "b" * 32, decision="approve")
    assert "Done: 3 of 3." in answer.text
    office.work()
    for case in cases:
        assert office.outcome(case) == ("active", "approved")
        steps = office.queries.instance(office.person("owner-1").actor, case).steps
        assert [step.who for step in steps if step.element_id == "send_list"] == ["specialist-1"]
    assert len(office.contracts()) == 1


def test_what_a_colleague_completed_meanwhile_is_told_and_the_rest_is_done(
    office: Office, sit: SignIn
) -> None:
    cases = three_at_the_list(office)
    lists = open_tasks(office, cases, "send_list")
    office.do(cases[1], "send_list", "specialist-2")
    answer = press(sit("specialist-1"), lists)
    assert answer.status_code == 200
    assert "Done: 2 of 3." in answer.text
    assert "Someone else was faster" in answer.text
    assert "Demo Specialist 2" in answer.text
    assert "2 March 2026, 09:00" in answer.text
    assert "Try the rest again" not in answer.text
    assert all(f'href="/instances/{case}"' in answer.text for case in cases)
    assert all(office.open(case) == ["enter_decision"] for case in cases)


DIFFERS = {
    "kk": "Таңдалған тапсырмалардың жауабы әртүрлі",
    "ru": "У выбранных задач ответ разный",
    "en": "The answer differs between the chosen tasks",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_one_figure_is_not_given_for_several_professions(
    office: Office, sit: SignIn, language: str
) -> None:
    cases = []
    for user, number, profession in (
        ("employer-1", "150140000012", "cashier"),
        ("employer-1", "150140000012", "cook"),
        ("employer-2", "900101300037", "cashier"),
    ):
        case = office.start(user, bin=number)
        office.do(case, "fill_details", user)
        office.do(case, "fill_application", user, profession=profession, places=1)
        office.do(case, "sign_application", user)
        cases.append(case)
    demands = open_tasks(office, cases, "form_demand_supply")
    specialist = sit("specialist-1", language)
    looked, pressed = specialist.get(address(demands)), press(specialist, demands, demand="9")
    assert (looked.status_code, pressed.status_code) == (200, 422)
    for apart in (looked, pressed):
        assert DIFFERS[language] in apart.text
        assert f'href="{address([demands[0], demands[2]])}"'.replace("&", "&amp;") in apart.text
        assert f'href="{address(demands[1:2])}"' in apart.text
    assert all(office.open(case) == ["form_demand_supply"] for case in cases)
    alike = [demands[0], demands[2]]
    page = specialist.get(address(alike))
    assert page.status_code == 200
    assert "150140000012" in page.text and "900101300037" in page.text
    profession = {"kk": "Мамандық:", "ru": "Профессия:", "en": "Profession:"}[language]
    assert page.text.count(profession) == 2
    press(specialist, alike, "b" * 32, demand="9", supply="2")
    assert [office.open(case) for case in cases] == [
        ["review_application"], ["form_demand_supply"], ["review_application"],
    ]  # fmt: skip


def test_reviews_done_together_say_what_each_is_about(office: Office, sit: SignIn) -> None:
    cases = []
    for places in (1, 2):
        case = office.start()
        office.walk(case, "fill_details")
        office.do(case, "fill_application", places=places)
        office.walk(case, "sign_application", "form_demand_supply")
        cases.append(case)
    page = sit("specialist-1").get(address(open_tasks(office, cases, "review_application"))).text
    about = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "—" not in about
    for label in ("Profession", "Places for this profession", "Employment support measure"):
        assert about.count(f"{label}:</span>") == 2, label


def test_a_double_press_is_done_once(office: Office, sit: SignIn) -> None:
    cases = three_at_the_list(office)
    lists = open_tasks(office, cases, "send_list")
    specialist = sit("specialist-1")
    first, again = press(specialist, lists), press(specialist, lists)
    assert "Done: 3 of 3." in first.text
    assert "Done: 3 of 3." in again.text
    for case in cases:
        events = office.queries.history(office.person("operator-1").actor, case)
        sent = [
            each
            for each in events
            if each.kind == "TaskCompleted" and each.payload["element"] == "send_list"
        ]
        assert len(sent) == 1


def test_a_task_of_someone_else_is_a_refused_row(office: Office, sit: SignIn) -> None:
    cases = three_at_the_list(office)
    theirs = office.start()
    foreign = office.task(theirs, "fill_details", "employer-1")[1].id
    lists = open_tasks(office, cases[:2], "send_list")
    answer = press(sit("specialist-1"), [lists[0], foreign, lists[1], "0" * 24])
    assert answer.status_code == 200
    assert "Done: 2 of 4." in answer.text
    assert answer.text.count("It does not exist, or it is not open to you.") == 2
    assert office.row(theirs).business_key not in answer.text
    assert office.open(theirs) == ["fill_details"]


def test_a_claimed_task_says_who_has_it_and_claiming_takes_the_free_ones(
    office: Office, sit: SignIn
) -> None:
    cases = three_at_the_list(office)
    lists = open_tasks(office, cases, "send_list")
    office.engine.execute(ClaimTask(lists[0]), office.person("specialist-2").actor)
    specialist = sit("specialist-1")
    page = specialist.get(address(lists)).text
    assert "2 tasks chosen" in page
    assert "Demo Specialist 2" in page
    answer = press(specialist, lists, press="claim")
    assert answer.location == address(lists)
    page = specialist.get(answer.location).text
    assert "2 tasks are now yours." in page
    assert "Claim together" not in page
    mine = office.queries.task_list(office.person("specialist-1").actor, "mine").rows
    assert {row.id for row in mine} == set(lists[1:])
    assert "Done: 2 of 3." in press(specialist, lists, "b" * 32).text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_wrong_answer_comes_back_and_nothing_is_done(
    office: Office, sit: SignIn, language: str
) -> None:
    cases = three_at_the_list(office)
    specialist = sit("specialist-1", language)
    press(specialist, open_tasks(office, cases, "send_list"))
    office.work()
    decisions = open_tasks(office, cases, "enter_decision")
    answer = press(specialist, decisions, "b" * 32, decision="reject", decision_reason="no")
    assert answer.status_code == 422
    form = office.queries.task(office.person("specialist-1").actor, decisions[0]).form
    assert form is not None
    field = form.field("decision_reason")
    assert field is not None
    assert f'href="#field-decision_reason">{field.label(language)}: ' in answer.text
    assert 'value="reject" checked' in re.sub(r"\s+", " ", answer.text).replace(
        'type="radio" checked', "checked"
    )
    assert all(office.open(case) == ["enter_decision"] for case in cases)


def test_a_rule_of_the_form_is_checked_before_anything_is_done(
    sign_in: SignIn, engine: Any, five: list[str]
) -> None:
    form = load_form("visit.json", VISIT)
    for each in five:
        engine.queries.tasks[each].form = form
    browser = sign_in("specialist-1")
    answer = browser.post(address(five), press="complete", visited_on="2999-01-01")
    assert answer.status_code == 422
    assert 'href="#field-visited_on">Visited on: This day is to come</a>' in answer.text
    assert not engine.commands
    answer = browser.post(address(five), press="complete", visited_on="2020-01-01")
    assert "Done: 5 of 5." in answer.text


def test_another_language_keeps_the_choice_and_the_results(office: Office, sit: SignIn) -> None:
    cases = three_at_the_list(office)
    lists = open_tasks(office, cases, "send_list")
    specialist = sit("specialist-1")
    page = specialist.get(address(lists)).text
    kept = address(lists).replace("&", "&amp;")
    assert f'href="{kept}&amp;lang=kk"' in page
    assert specialist.get(address(lists) + "&lang=kk").location == address(lists)
    typed = press(specialist, lists, press="draft", lang="ru", list_note="Набрано").text
    assert "Набрано" in typed
    assert "Завершить вместе" in typed
    press(specialist, lists)
    assert "Выполнено: 3 из 3." in specialist.get(address(lists)).text


# -- at the edges


@pytest.fixture
def five(engine: Any, new_task: Any) -> list[str]:
    """Five tasks of one element; the engine completes whatever it is sent."""
    ids = [f"task-{number}" for number in range(1, 6)]
    engine.queries.tasks = {
        each: new_task(each, business_key=f"APP-{each}", form=None) for each in ids
    }
    engine.answers["CompleteTask"] = lambda command: Completed(command.task_id, "case-1", ())
    return ids


def test_every_task_has_a_command_of_its_own_with_an_id_of_its_own(
    sign_in: SignIn, engine: Any, five: list[str]
) -> None:
    browser = sign_in("specialist-1")
    data = browser.tokens(address(five)) | {"press": "complete"}
    browser.client.post(address(five), data=data)
    browser.client.post(address(five), data=data)
    commands = [command for command, _ in engine.commands]
    assert [command.task_id for command in commands] == five * 2
    ids = [command.command_id for command in commands]
    assert ids[:5] == ids[5:]
    assert len(set(ids)) == 5
    assert all(re.fullmatch(r"web:specialist-1:[0-9a-f]{32}", each) for each in ids)


@pytest.mark.parametrize("pressed", ["complete", "claim"])
def test_a_press_without_an_id_is_refused_as_a_whole(
    sign_in: SignIn, engine: Any, five: list[str], pressed: str
) -> None:
    browser = sign_in("specialist-1")
    data = browser.tokens(address(five)) | {"press": pressed, "command_id": "x"}
    assert browser.client.post(address(five), data=data).status_code == 400
    assert not engine.commands


def test_one_row_tells_of_its_own_failure_and_can_be_tried_again(
    sign_in: SignIn, engine: Any, five: list[str], new_task: Any
) -> None:
    form = new_task("x").form
    for each in five:
        engine.queries.tasks[each].form = form
    failures: dict[str, Exception] = {
        "task-1": InvalidSubmission(REFUSED),
        "task-2": StepFailed("check", "x"),
        "task-3": RuntimeError("a defect"),
        "task-4": Conflict("busy"),
    }

    def complete(command: CompleteTask) -> Completed:
        if command.task_id in failures:
            raise failures[command.task_id]
        return Completed(command.task_id, "case-1", ())

    engine.answers["CompleteTask"] = complete
    browser = sign_in("specialist-1")
    typed = {"places": "3", "measure": "PW", "consent": "true", "note": "said once"}
    answer = browser.post(address(five), press="complete", **right_answer(form) | typed)
    assert answer.status_code == 200
    assert "Done: 1 of 5." in answer.text
    assert (answer.text.count(DONE), answer.text.count(NOT_DONE)) == (1, 4)
    for text in ("The window is closed", "The next step failed", "tell the operator", "Others"):
        assert text in answer.text
    again = address(five[:4])
    assert f'action="{again.replace("&", "&amp;")}"' in answer.text
    page = browser.post(again, press="again", **typed)
    assert page.status_code == 200
    assert "said once" in page.text
    assert "4 tasks chosen" in page.text


def right_answer(form: Any) -> dict[str, str]:
    """Something for every required field of the form with every kind of field."""
    samples = {"date": "2026-11-20", "email": "demo@example.kz", "tel": "+7 727 000 00 01"}
    found = {}
    for field in form.fields:
        if field.required and not field.read_only:
            options = [option.posted for option in field.options]
            found[field.name] = samples.get(field.kind) or (options or ["3"])[0]
    return found


@pytest.mark.parametrize(
    "refusal", [NotAllowed("x"), SignatureRefused("presence", {"en": "A signature is required"})]
)
def test_what_can_not_be_tried_again_is_only_told(
    sign_in: SignIn, engine: Any, five: list[str], refusal: Exception
) -> None:
    engine.answers["CompleteTask"] = refusal
    answer = sign_in("specialist-1").post(address(five[:2]), press="complete")
    assert answer.status_code == 200
    assert "Done: 0 of 2." in answer.text
    assert "Try the rest again" not in answer.text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"element_id": "other"}, "Only tasks of one step"),
        ({"definition_id": "fk_b03:2"}, "Only tasks of one step"),
        ({"signature": SimpleNamespace(required=False)}, "are completed one by one"),
    ],
)
def test_what_can_not_be_done_together_says_so_and_keeps_the_choice(
    sign_in: SignIn, engine: Any, five: list[str], change: dict[str, Any], text: str
) -> None:
    vars(engine.queries.tasks["task-5"]).update(change)
    browser = sign_in("specialist-1")
    chosen = ["task-1", "task-5"]
    here = address(chosen) + "&tab=group"
    data = browser.tokens("/tasks/") | {"press": "complete"}
    for send in (browser.client.get, lambda here: browser.client.post(here, data=data)):
        answer = send(here)
        assert answer.status_code == 302
        html = browser.get(answer.location).text
        assert text in html
        assert re.findall(r'value="(task-\d)" checked', html)[0] == "task-1"
    assert not engine.commands


def test_nothing_and_too_much_are_told(sign_in: SignIn, engine: Any, five: list[str]) -> None:
    browser = sign_in("specialist-1")
    assert "Choose at least one task." in browser.get(browser.get("/tasks/together").location).text
    many = address([f"t{number}" for number in range(101)])
    assert "at most 100 tasks" in browser.get(browser.get(many).location).text
    assert not engine.commands


def test_a_hundred_fit_into_one_address(
    sign_in: SignIn, engine: Any, five: list[str], new_task: Any
) -> None:
    ids = [f"{number:024x}" for number in range(100)]
    engine.queries.tasks = {each: new_task(each, form=None) for each in ids}
    browser = sign_in("specialist-1")
    html = browser.get("/tasks/?tab=group&size=100").text
    assert engine.queries.seen[-1][2]["limit"] == 100
    assert len(address(ids) + "&tab=group&size=100&lang=kk") < 4000
    assert f'href="{address(ids)}&tab=group&size=100"'.replace("&", "&amp;") in html
    answer = browser.post(address(ids), press="complete")
    assert "Done: 100 of 100." in answer.text
    assert len(engine.commands) == 100


def test_a_long_list_offers_larger_pages(sign_in: SignIn, engine: Any, five: list[str]) -> None:
    rows = engine.queries.task_list
    engine.queries.task_list = lambda *a, **o: SimpleNamespace(
        rows=rows(*a, **o).rows, next="k", previous=None
    )
    browser = sign_in("specialist-1")
    assert 'href="/tasks/?tab=group&amp;size=100"' in browser.get("/tasks/?tab=group").text
    html = browser.get("/tasks/?tab=group&size=100").text
    assert 'href="/tasks/?after=k&amp;tab=group&amp;size=100"' in html


def test_boxes_are_only_where_two_rows_are_of_one_element(
    sign_in: SignIn, engine: Any, five: list[str], new_task: Any
) -> None:
    tasks = engine.queries.tasks
    tasks["alone"] = new_task("alone", element_id="other")
    tasks["late"] = new_task("late", overdue=True, element_id="late")
    html = sign_in("specialist-1").get("/tasks/?tab=group").text
    assert re.findall(r'form="together" id="choose-([^"]+)"', html) == five
    assert f'href="{address(five)}&tab=group'.replace("&", "&amp;") in html
    engine.queries.tasks = {each: tasks[each] for each in ("alone", "late", "task-1")}
    for tab in ("group", "overdue"):
        assert "Complete together" not in sign_in("specialist-1").get(f"/tasks/?tab={tab}").text


def test_only_what_stands_alike_in_all_is_filled_in(
    sign_in: SignIn, engine: Any, five: list[str], new_task: Any
) -> None:
    form = new_task("x").form
    for number, each in enumerate(five):
        values = {"note": "the same", "places": 41 + number}
        vars(engine.queries.tasks[each]).update(form=form, values=values)
    html = sign_in("specialist-1").get(address(five)).text
    assert "the same" in html
    assert 'value="41"' not in html


def test_people_without_a_task_list_have_none_of_it(app: Flask, sign_in: SignIn) -> None:
    assert sign_in("employer-1").get("/tasks/together?task=task-1").status_code == 403
