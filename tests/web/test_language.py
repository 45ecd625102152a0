"""Three languages: the switch keeps the page, and every text is there."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask

from web.language import LANGUAGES, change_language, words

WEB = Path(__file__).parents[2] / "web"
TRANSLATIONS = WEB / "translations"


def source_texts() -> set[str | tuple[str, ...]]:
    """Every text in the templates and the code, as its message id."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        WEB, methods, options, directory_filter=lambda path: "node_modules" not in str(path)
    )
    return {message for _, _, message, _, _ in found}


def catalog(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_a_translation(language: str) -> None:
    known = {message.id: message for message in catalog(language) if message.id}
    texts = source_texts()
    assert texts - set(known) == set()
    assert set(known) - texts == set(), "texts that no page has"
    for message in known.values():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert not message.fuzzy
        assert not list(message.check(catalog(language))), message.id


@pytest.mark.parametrize(("language", "forms"), [("kk", 2), ("ru", 3), ("en", 2)])
def test_plural_forms_are_those_of_the_language(language: str, forms: int) -> None:
    assert catalog(language).num_plurals == forms
    plurals = [message for message in catalog(language) if message.pluralizable]
    assert plurals
    assert all(len(message.string) == forms for message in plurals)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_is_current(language: str) -> None:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalog(language):
        if not message.id:
            continue
        if message.pluralizable:
            assert compiled.ngettext(*message.id, 1) == message.string[0]
            assert compiled.ngettext(*message.id, 5) == message.string[-1]
        else:
            assert compiled.gettext(message.id) == message.string


def test_the_switch_keeps_the_page_and_its_place_in_a_list(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("specialist-1", "en")
    html = browser.get("/tasks/?tab=group&search=2026").text
    assert 'href="/tasks/?tab=group&amp;search=2026&amp;lang=kk"' in html
    answer = browser.get("/tasks/?tab=group&search=2026&lang=kk")
    assert answer.location == "/tasks/?tab=group&search=2026"
    assert "Тапсырмалар тізімі" in browser.get(answer.location).text


def test_the_switch_keeps_every_value_and_nothing_that_flask_would_take_for_its_own(
    sign_in: Callable[..., Any],
) -> None:
    browser = sign_in("specialist-1", "en")
    asked = "/tasks/?task=a&task=b&endpoint=x&_external=1"
    assert 'href="/tasks/?task=a&amp;task=b&amp;lang=kk"' in browser.get(asked).text
    assert browser.get(f"{asked}&lang=kk").location == "/tasks/?task=a&task=b"


def test_an_unknown_language_changes_nothing(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("specialist-1", "ru")
    browser.get("/tasks/?lang=xx")
    assert 'html lang="ru"' in browser.get("/tasks/").text


def test_a_person_begins_in_their_own_language(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"person": "specialist-2"})
    assert 'html lang="ru"' in client.get("/tasks/").text


@pytest.mark.parametrize(
    ("wanted", "given"), [("ru-RU,ru;q=0.9", "ru"), ("en-GB", "en"), ("de", "kk"), ("", "kk")]
)
def test_a_stranger_is_met_in_the_browsers_language(app: Flask, wanted: str, given: str) -> None:
    html = app.test_client().get("/sign-in", headers={"Accept-Language": wanted}).text
    assert f'html lang="{given}"' in html


def test_a_page_that_is_not_there_is_so_in_the_chosen_language(app: Flask) -> None:
    client = app.test_client()
    client.get("/sign-in?lang=kk")
    assert "Мұндай бет жоқ" in client.get("/nowhere").text
    client.get("/sign-in?lang=ru")
    assert "Такой страницы нет" in client.get("/nowhere").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shows_an_english_text_in_another_language(
    sign_in: Callable[..., Any], language: str
) -> None:
    if language == "en":
        return
    browser = sign_in("specialist-1", language)
    for address in ("/tasks/", "/tasks/task-1", "/instances/", "/instances/case-1"):
        html = browser.get(address).text
        for text in ("Task list", "History", "Documents", "Log out", "Steps in words"):
            assert f">{text}<" not in html


def test_values_in_a_text_of_a_template_are_escaped_and_the_text_is_not(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ _('Attached: %(name)s', name='<b>') }}|{{ _('Yes') }}")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert template.render() == "Attached: &lt;b&gt;|Yes"


def test_a_page_may_go_on_in_another_language(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert words(LANGUAGES) == "English"
        change_language("kk")
        assert words(LANGUAGES) == "Қазақша"
