"""The documents of the check and of the decision, as they are read: their text by poppler."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.external_task import Document
from handlers.fk_b03.history import EligibilityHistory, RememberedEligibilityHistory
from handlers.shared.people_names import NamesFromDirectory, PeopleNames
from tests.support.poppler import text_of, told_by

Run = Callable[..., dict[str, Any]]
Example = Callable[[str], dict[str, Any]]
Ports = dict[type, object]

REQUEST, RESULT = "fk_b03.make_check_request", "fk_b03.make_check_result"
DECISION = "fk_b03.make_decision_document"
GOOD, IN_DEBT = "150140000022", "150140001050"
PAGE_WIDTH, MARGIN = 595.3, 45.0
"""Of A4 and its layout, in points."""

LONG = "«" + "ҰлттықӨндірістікҚұрылыс" * 6 + "» ЖШС"


def letters_of(text: str) -> str:
    """The text without what a line's end may add or take away."""
    return re.sub(r"\W", "", text)


def right_edges(document: Document) -> list[float]:
    """Where each word ends, in points from the left edge of its page."""
    words = told_by("pdftotext", document.content, "-bbox", output="-")
    found = [float(edge) for edge in re.findall(r'<word .*?xMax="([\d.]+)"', words)]
    assert found
    return found


@pytest.fixture
def checked(run: Run) -> Callable[..., dict[str, Any]]:
    """The variables that a check of an enterprise leaves."""

    def check(identifier: str, **changes: Any) -> dict[str, Any]:
        asked = {"bin": identifier, "financial_year": 2026}
        given = run("fk_b03.check_eligibility", asked, job=f"check of {identifier}")
        return {**asked, **given, **changes}

    return check


def test_the_request_says_in_both_languages_what_is_asked(run: Run, example: Example) -> None:
    document = run(REQUEST, example(REQUEST))["check_request"]
    assert document.name == "check request FK-B.03-2026-000002.pdf"
    text = text_of(document.content)
    for part in (
        "FK-B.03/2026/000002 · 02.03.2026 10:30:00",
        "сәйкестікке тексеруге сұрау",
        "Запрос на проверку работодателя",
        "150140000022",
        "Бірінші басшы немесе дара кәсіпкер",
        "Первый руководитель или индивидуальный предприниматель",
    ):
        assert part in text
    for number in range(1, 14):
        assert text.count(f"{number}. ") >= 2, number
    for part in ("Қолданыстағы еңбек шарттарының болуы", "Наличие действующих трудовых договоров"):
        assert part in text


def test_the_request_says_who_files_for_the_enterprise(run: Run, example: Example) -> None:
    variables = example(REQUEST)
    variables["representation"]["texts"] = {
        "kk": "Сенімхат бойынша өкіл.",
        "ru": "По доверенности.",
    }
    text = text_of(run(REQUEST, variables)["check_request"].content)
    assert "Сенімхат бойынша өкіл." in text
    assert "По доверенности." in text
    assert "Первый руководитель или индивидуальный" not in text


def test_a_request_taken_at_the_counter_is_not_signed(run: Run, example: Example) -> None:
    variables = example(REQUEST)
    assert "Подпись (ЭЦП)" in text_of(run(REQUEST, variables)["check_request"].content)
    variables["representation"]["at_counter"] = True
    variables["requested_at"] = "2026-03-01T09:15:00+05:00"
    text = text_of(run(REQUEST, variables)["check_request"].content)
    assert "принят в карьерном центре в письменном виде" in text
    assert "01.03.2026 09:15:00" in text
    assert "Подпись (ЭЦП)" not in text
    assert "ЭЦҚ" not in text


def test_the_request_names_the_enterprise_as_far_as_it_is_known(
    run: Run, example: Example, ports: Ports, now: datetime
) -> None:
    variables = example(REQUEST)
    assert "Атауы: —" in text_of(run(REQUEST, variables)["check_request"].content)
    history = ports[EligibilityHistory]
    assert isinstance(history, RememberedEligibilityHistory)
    name = {"kk": "«Бұрынғы» ЖШС", "ru": "ТОО «Прежнее»"}
    history.keep("1", variables["bin"], 2026, now, {"enterprise_name": name})
    text = text_of(run(REQUEST, variables)["check_request"].content)
    assert name["kk"] in text
    assert name["ru"] in text
    own = {"enterprise_name": {"kk": "«Осы» ЖШС", "ru": "ТОО «Это»"}}
    assert "ТОО «Это»" in text_of(run(REQUEST, {**variables, **own})["check_request"].content)


def test_the_result_tells_each_condition_with_its_reason(
    run: Run, checked: Callable[..., dict[str, Any]]
) -> None:
    variables = checked(IN_DEBT)
    document = run(RESULT, variables)["check_result"]
    assert (document.name, document.kind) == ("check result FK-B.03-2026-000002.pdf", None)
    text, lines = text_of(document.content), text_of(document.content, "-layout")
    assert text.count("Орындалды.") == 11
    assert text.count("Выполнено.") == 11
    assert text.count("Орындалмады.") == text.count("Не выполнено.") == 1
    assert text.count("Қолданылмайды.") == text.count("Не применяется.") == 1
    for part in ("Не істеу керек:", "Что делать:", "Действующих трудовых договоров: 12."):
        assert part in text
    for moment in ("02.03.2026 10:30:00", "12.03.2026 10:30:00"):
        assert moment in lines
    assert "Новая проверка возможна с" in text
    assert "Результат действует до" not in text
    assert "Списочная численность работников: 12" in text


def test_every_reason_of_a_verdict_stands_in_the_document(
    run: Run, checked: Callable[..., dict[str, Any]]
) -> None:
    variables = checked(IN_DEBT)
    letters = re.sub(r"\s", "", text_of(run(RESULT, variables)["check_result"].content))
    for condition in variables["eligibility"]["conditions"]:
        for texts in (condition["title"], condition["reason"], condition["advice"] or {}):
            for language in ("kk", "ru"):
                assert re.sub(r"\s", "", texts.get(language, "")) in letters


def test_a_passed_check_says_how_long_it_counts(
    run: Run, checked: Callable[..., dict[str, Any]]
) -> None:
    text = text_of(run(RESULT, checked(GOOD))["check_result"].content)
    assert "Результат действует до 03.03.2026 10:30:00" in text
    assert "03.03.2026 10:30:00 дейін қолданылады" in text
    assert "Новая проверка возможна" not in text
    assert "проверка пройдена успешно" in text


def test_the_second_check_has_a_document_of_its_own(
    run: Run, checked: Callable[..., dict[str, Any]]
) -> None:
    first = run(RESULT, checked(GOOD))["check_result"]
    second = run(RESULT, checked(GOOD, check_result={"document": "1"}))["check_result"]
    assert second.name == "second check result FK-B.03-2026-000002.pdf"
    assert second.kind == "check_result_again"
    assert second.content != first.content
    text = text_of(second.content)
    assert "Жұмыс берушіні қайта тексеру нәтижесі" in text
    assert "Результат повторной проверки работодателя" in text


@pytest.mark.parametrize(
    ("decision", "kazakh", "russian"),
    [
        ("approve", "Өтінім мақұлданды.", "Заявка одобрена."),
        ("reject", "Өтінімнен бас тартылды.", "Заявка отклонена."),
    ],
)
def test_the_decision_is_told_in_both_languages(
    run: Run, example: Example, decision: str, kazakh: str, russian: str
) -> None:
    variables = {**example(DECISION), "decision": decision}
    document = run(DECISION, variables)["decision_document"]
    assert document.name == "decision FK-B.03-2026-000002.pdf"
    text = text_of(document.content)
    for part in (
        kazakh,
        russian,
        "Сатушы-кеңесші",
        "Продавец-консультант",
        "Число мест: 2",
        "По запрошенной профессии",
    ):
        assert part in text


def test_the_decision_names_who_decided_and_when(
    run: Run, example: Example, ports: Ports, now: datetime
) -> None:
    names = {"kk": "Демо Маман 1", "ru": "Демо Специалист 1"}
    ports[PeopleNames] = NamesFromDirectory(lambda user: names if user == "specialist-1" else {})
    decided_at = (now - timedelta(days=1)).isoformat()
    variables = {**example(DECISION), "decided_at": decided_at}
    text = text_of(run(DECISION, variables)["decision_document"].content)
    assert "Шешімді енгізген: Демо Маман 1" in text
    assert "Решение внёс: Демо Специалист 1" in text
    assert "№ FK-B.03/2026/000002 · 01.03.2026" in text
    unknown = run(DECISION, {**variables, "decided_by": "specialist-9"})["decision_document"]
    assert text_of(unknown.content).count("specialist-9") == 2


def test_a_decision_that_nobody_noted_names_the_centre(run: Run, example: Example) -> None:
    variables = {**example(DECISION), "decided_by": None, "decided_at": None}
    text = text_of(run(DECISION, variables)["decision_document"].content)
    assert "Решение внёс: —" in text
    assert "Центр трудовой мобильности" in text
    assert "Когда: 02.03.2026 10:30:00" in text


def long_result(variables: dict[str, Any]) -> dict[str, Any]:
    return {**variables, "enterprise_name": {"kk": LONG, "ru": LONG}}


def long_decision(variables: dict[str, Any]) -> dict[str, Any]:
    requisites = {**variables["application"]["requisites"], "name_kk": LONG, "name_ru": LONG}
    application = {**variables["application"], "requisites": requisites}
    return {**variables, "application": application, "decision_reason": "Себебі ұзақ. " * 150}


@pytest.mark.parametrize(
    ("topic", "given", "lengthen"),
    [
        (REQUEST, "check_request", long_result),
        (RESULT, "check_result", long_result),
        (DECISION, "decision_document", long_decision),
    ],
)
def test_documents_are_pages_of_a4_with_numbers_that_hold_long_names(
    run: Run,
    example: Example,
    topic: str,
    given: str,
    lengthen: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    variables = lengthen(example(topic))
    document = run(topic, variables)[given]
    assert document == run(topic, variables)[given], "the same input gives the same bytes"
    facts = told_by("pdfinfo", document.content)
    assert "(A4)" in facts
    pages = int(re.findall(r"Pages:\s+(\d+)", facts)[0])
    text = text_of(document.content)
    assert f"{pages} / {pages}" in text
    assert "ресми нысан емес" in text
    assert letters_of(text).count(letters_of(LONG)) == 2
    assert all(right <= PAGE_WIDTH - MARGIN for right in right_edges(document))
    assert set(re.findall(rb"/FontName ?/[A-Z]{6}\+([\w-]+)", document.content)) <= {
        b"NotoSerif-Regular",
        b"NotoSerif-Bold",
    }
    for letters in ("Ұ", "Ө", "ұ", "қ"):
        assert letters in text
