"""The files of FK-B.03 agree with each other, and with the map, in three languages."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.dated import read_head
from engine.diagram import ElementFacts, read_diagram
from engine.forms import Form, Options, check_submission, load_form, with_fields_of
from tests.support.classifiers import shipped_options

LANGUAGES = ("kk", "ru", "en")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
I18N = "{http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STEPS_OF_STAGES = {"1": 4, "2": 5, "3": 4, "4": 2, "5": 1, "6": 3}
GROUPS = {"employer", "specialist", "director", "analyst", "unit_head"}
TONES = {"info", "good", "bad", "wait"}
APPLICATION = {
    "region": "750000000",
    "district": "751410000",
    "no_education_order": True,
    "no_medical_care": True,
    "no_grants": False,
    "measure": "SW",
    "professional_area": "trade",
    "profession": "cashier",
    "places": 2,
}


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def options() -> Options:
    """The classifiers that a demonstration brings along."""
    return shipped_options()


@pytest.fixture(scope="module")
def elements(home: Path) -> dict[str, ElementFacts]:
    diagram = read_diagram(home.with_suffix(".bpmn").read_bytes(), "fk_b03.bpmn")
    return {
        element.id: element
        for process in diagram.processes.values()
        for element in process.elements.values()
    }


@pytest.fixture(scope="module")
def functional_map(home: Path) -> dict[str, Any]:
    return read_json(home / "map.json")


@pytest.fixture(scope="module")
def forms(home: Path) -> dict[str, Form]:
    files = {
        f"fk_b03/forms/{path.name}": path.read_bytes() for path in (home / "forms").glob("*.json")
    }
    return {key: load_form(key, with_fields_of(key, data, files)) for key, data in files.items()}


def translations(element: etree._Element) -> dict[str, str]:
    found = element.iterfind(f"{BPMN}extensionElements/{I18N}translation")
    return {translation.get(LANG): translation.text for translation in found}


def words_in(value: object, place: str = "") -> list[tuple[str, dict[str, str]]]:
    """Every mapping of languages to texts below a JSON value, with its place."""
    if isinstance(value, dict):
        if set(value) & set(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            return [(place, value)]
        return [each for key, item in value.items() for each in words_in(item, f"{place}/{key}")]
    if isinstance(value, list):
        return [
            each for index, item in enumerate(value) for each in words_in(item, f"{place}/{index}")
        ]
    return []


def test_the_map_has_19_steps_in_six_stages(functional_map: dict[str, Any]) -> None:
    rows = functional_map["rows"]
    expected = [
        number
        for stage, steps in STEPS_OF_STAGES.items()
        for number in (stage, *(f"{stage}.{step}" for step in range(1, steps + 1)))
    ]
    assert [row["row"] for row in rows] == expected
    assert len(rows) == 25
    for row in rows:
        assert row["kind"] == ("step" if "." in row["row"] else "stage"), row
        assert row["stage"] == row["row"].partition(".")[0], row
        assert row["actor"] in functional_map["actors"], row
        assert row["system"] is None or row["system"] in functional_map["systems"], row
        for language in LANGUAGES:
            text = row[language]
            assert text and text == " ".join(text.split()), (row["row"], language)


def test_every_row_is_carried_out_by_an_element_of_its_name(
    functional_map: dict[str, Any], elements: dict[str, ElementFacts], definitions: etree._Element
) -> None:
    code = functional_map["code"]
    groups = [translations(group) for group in definitions.iter(f"{BPMN}group")]
    for row in functional_map["rows"]:
        carriers = [each for each in elements.values() if f"{code} {row['row']}" in each.sources]
        assert carriers, row["row"]
        names = {language: row[language] for language in LANGUAGES}
        if row["kind"] == "step":
            assert any(each.names == names for each in carriers), row["row"]
        else:
            assert {lang: f"{row['row']}. {text}" for lang, text in names.items()} in groups


def test_every_source_that_an_element_names_exists(
    functional_map: dict[str, Any], elements: dict[str, ElementFacts]
) -> None:
    known = {f"{functional_map['code']} {row['row']}" for row in functional_map["rows"]}
    others = {source["key"] for source in functional_map["sources"]}
    named = {source for element in elements.values() for source in element.sources}
    assert named - known <= others
    assert others <= named


def test_every_name_in_the_diagram_is_in_three_languages(definitions: etree._Element) -> None:
    named = [
        element
        for element in definitions.iter(etree.Element)
        if element.get("name") is not None
        and element.tag.startswith(BPMN)
        and element.tag not in (f"{BPMN}message", f"{BPMN}definitions")
    ]
    assert len(named) > 100
    for element in [*named, *definitions.iter(f"{BPMN}group")]:
        texts = translations(element)
        assert set(texts) == set(LANGUAGES), element.get("id")
        assert all(text and text == text.strip() for text in texts.values()), element.get("id")
        assert element.get("name", texts["ru"]) == texts["ru"], element.get("id")


def test_tasks_events_lanes_and_choices_are_named(
    elements: dict[str, ElementFacts], definitions: etree._Element
) -> None:
    for element in elements.values():
        merges = element.type == "exclusiveGateway" and len(element.outgoing) == 1
        assert bool(element.names) != merges, element.id
    for tag in ("participant", "lane", "messageFlow"):
        assert all(each.get("name") for each in definitions.iter(f"{BPMN}{tag}")), tag
    for flow in definitions.iter(f"{BPMN}sequenceFlow"):
        chosen = flow.find(f"{BPMN}conditionExpression") is not None
        assert not chosen or flow.get("name"), flow.get("id")


def test_files_say_everything_in_three_languages(home: Path) -> None:
    named = ("map", "statuses", "actions", "waiting")
    paths = [*(home / f"{name}.json" for name in named), *(home / "forms").glob("*.json")]
    for path in paths:
        found = words_in(read_json(path))
        assert found, path.name
        for place, texts in found:
            assert set(LANGUAGES) <= set(texts), (path.name, place)
            assert all(text.strip() for text in texts.values()), (path.name, place)


def test_every_task_of_a_person_has_an_owner_a_form_and_a_lane(
    elements: dict[str, ElementFacts], forms: dict[str, Form]
) -> None:
    for element in elements.values():
        if element.type == "userTask":
            assert len(element.candidate_groups) == 1, element.id
            group = element.candidate_groups[0]
            assert group in GROUPS, element.id
            assert (element.lane or "").endswith(group), element.id
            assert element.form_key in forms, element.id
    assert set(forms) == {each.form_key for each in elements.values() if each.form_key}


def test_every_status_is_used_and_described(home: Path, elements: dict[str, ElementFacts]) -> None:
    statuses = read_json(home / "statuses.json")
    assert set(statuses) == {each.status for each in elements.values() if each.status}
    for code, status in statuses.items():
        assert set(status["names"]) == set(LANGUAGES), code
        assert status["tone"] in TONES, code
        assert status["allows"][0] == "view", code


def test_every_action_is_allowed_somewhere_and_done_at_what_the_diagram_has(
    home: Path, elements: dict[str, ElementFacts]
) -> None:
    statuses, actions = read_json(home / "statuses.json"), read_json(home / "actions.json")
    allowed = {action for status in statuses.values() for action in status["allows"]}
    assert set(actions) == allowed
    waited_for = {
        each.message_name: each.sender_groups
        for each in elements.values()
        if each.catches_message and each.sender_groups
    }
    assert waited_for == {"fk_b03.delete": ("employer",), "fk_b03.withdraw": ("employer",)}
    for code, action in actions.items():
        ways = [*action.get("tasks", ()), *([action["message"]] if "message" in action else ())]
        assert ways or code == "view", code
        assert action.get("message") is None or action["message"] in waited_for, code
        assert ("message" in action) == ("asks" in action), code
        for task in action.get("tasks", ()):
            element = elements[task["element"]]
            assert element.candidate_groups == ("employer",), (code, task)
            form = read_json(home.parent / str(element.form_key))
            assert set(task.get("values", {})) <= set(form["properties"]), (code, task)


def test_what_is_read_while_others_work_is_worded_for_each_of_their_tasks(
    home: Path, elements: dict[str, ElementFacts]
) -> None:
    staffs = {
        each.id
        for each in elements.values()
        if each.type == "userTask" and each.candidate_groups != ("employer",)
    }
    awaited = {each.id for each in elements.values() if each.type == "intermediateCatchEvent"}
    assert set(read_json(home / "waiting.json")) == staffs | awaited


def test_every_term_in_the_diagram_is_in_the_table(home: Path, definitions: etree._Element) -> None:
    rows = read_json(home / "terms.json")["rows"]
    asked = set(re.findall(r"dated\('terms', '([^']+)'\)", etree.tostring(definitions).decode()))
    assert asked
    assert asked <= {row["key"] for row in rows if row["to"] is None}
    for row in rows:
        assert isinstance(row["value"], str if row["key"] in ("publication", "monitoring") else int)


@pytest.mark.parametrize(
    "name",
    ["terms", "windows", "eligibility", "contract_limits", "centres", "centre_details"],
)
def test_a_dated_table_says_what_it_is_and_how_its_keys_are_called(home: Path, name: str) -> None:
    content = read_json(home / f"{name}.json")
    head = read_head(content)
    rows = {row["row"] for row in read_json(home / "map.json")["rows"]}
    assert set(head.titles) == set(head.hints) == set(LANGUAGES)
    assert head.map is None or head.map == "map.json"
    for row in content["rows"]:
        named = head.key_labels if head.kind == "windows" else head.keys.get(row["key"])
        assert row["key"] in rows or set(named or ()) == set(LANGUAGES), row["key"]
        assert head.describes(row["key"]) is not None, "staff could not edit it on the page"


def test_places_of_work_lead_to_centres_that_have_details(home: Path) -> None:
    details = {row["key"] for row in read_json(home / "centre_details.json")["rows"]}
    led_to = {row["value"] for row in read_json(home / "centres.json")["rows"]}
    assert led_to == details


def test_an_application_passes_its_form(forms: dict[str, Form], options: Options) -> None:
    form = forms["fk_b03/forms/application.json"]
    assert check_submission(form, APPLICATION, options=options) == ()
    for field, wrong in (
        ("district", "711110000"),
        ("profession", "cook"),
        ("places", 0),
        ("measure", "XX"),
        ("no_grants", None),
    ):
        errors = check_submission(form, {**APPLICATION, field: wrong}, options=options)
        assert [error.field for error in errors] == [field]
        assert set(errors[0].messages) == set(LANGUAGES)


def test_a_contract_ends_after_today(forms: dict[str, Form]) -> None:
    form = forms["fk_b03/forms/contract.json"]
    contract = {"contract_number": "1", "contract_sum": 1, "contract_end_date": "2026-03-03"}
    assert check_submission(form, contract, datetime(2026, 3, 2, 23, tzinfo=UTC)) == ()
    (error,) = check_submission(form, contract, datetime(2026, 3, 3, tzinfo=UTC))
    assert (error.field, error.keyword) == ("contract_end_date", "x-check")
    assert set(error.messages) == set(LANGUAGES)


def test_every_choice_of_a_classifier_is_offered(forms: dict[str, Form], options: Options) -> None:
    named = [field for form in forms.values() for field in form.fields if field.source]
    assert {field.source.classifier for field in named if field.source} == {
        "kato",
        "professions",
        "banks",
    }
    for field in named:
        assert field.source is not None
        offered = options.offered(field.source.classifier, field.source.level, None)
        assert offered, field.name


@pytest.mark.parametrize(
    ("form", "choice", "value", "reason"),
    [
        ("decision", "decision", "reject", "decision_reason"),
        ("director", "director_decision", "return", "director_comment"),
        ("employer_contract", "employer_decision", "decline", "decline_reason"),
    ],
)
def test_a_refusal_needs_its_reason(
    forms: dict[str, Form], form: str, choice: str, value: str, reason: str
) -> None:
    checked = forms[f"fk_b03/forms/{form}.json"]
    other = next(o.value for o in checked.fields[0].options if o.value != value)
    assert [error.field for error in check_submission(checked, {choice: value})] == [reason]
    assert check_submission(checked, {choice: value, reason: "Толық емес"}) == ()
    assert check_submission(checked, {choice: other}) == ()


def test_the_readme_lists_the_kazakh_wording_that_is_ours(
    home: Path, definitions: etree._Element
) -> None:
    readme = (home / "README.md").read_text(encoding="utf-8")
    ours = set(re.findall(r"^\| ([^|]+) \| [^|]+ \|$", readme, re.MULTILINE))
    sources = json.dumps(read_json(home / "map.json"), ensure_ascii=False)
    guide = {
        "Өтінім қосу", "Тексеруден өту", "Тексеру сәтті өтті", "Жою", "Жіберу", "Өзгерту",
        "Жоқ", "Сәйкес", "Бас тарту", "Пысықтауға", "90 күнтізбелік күн", "3-ші жұмыс күні",
        "Бас тартылды", "Шарт жасалды",
    }  # fmt: skip
    names = {translations(element).get("kk") for element in definitions.iter(etree.Element)}
    for name in names - {None}:
        row = re.sub(r"^\d\. ", "", name)
        assert name in ours | guide or row in sources, name
