"""Kazakh, Russian, English: which one a page is in, and texts that come in all three."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_babel import get_locale, refresh
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from web.context import settings

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
TRANSLATIONS = Path(__file__).parent / "translations"
_FIELD = "lang"
_COOKIE = "qadam_lang"
_A_YEAR = 365 * 24 * 3600
_OF_URL_FOR = {"endpoint", "_anchor", "_method", "_scheme", "_external"}


def language() -> str:
    """The language of the page that is being made."""
    code: str | None = g.get("page_language")
    if code is None:
        locale = get_locale()
        code = locale.language if locale and locale.language in LANGUAGES else "kk"
        g.page_language = code
    return code


def change_language(code: str) -> None:
    """Lets this page be in another language, and those that follow in this session."""
    session[_FIELD] = code
    g.pop("page_language", None)
    refresh()


def change_as_pressed() -> bool:
    """Whether the press was one for another language (`lang`), which this page then is in."""
    chosen = request.form.get(_FIELD)
    if chosen not in LANGUAGES:
        return False
    change_language(str(chosen))
    return True


def add_wording(app: Flask) -> None:
    """Gives the templates `_`, gettext and ngettext, which find the translations at once."""
    templates = cast(Any, app.jinja_env)
    templates.install_gettext_callables(
        lambda text: _translations(language()).ugettext(text),
        lambda one, many, number: _translations(language()).ungettext(one, many, number),
        newstyle=True,
    )
    templates.globals["_"] = _wording


def gettext(text: str, **values: object) -> str:
    """A text in the language of the page, as flask_babel's at a fraction of its cost: for what
    lists ask in every row."""
    found = str(_translations(language()).ugettext(text))
    return found % values if values else found


def ngettext(one: str, many: str, num: int) -> str:
    """A text with a number (`num`) in the language of the page, as flask_babel's."""
    return str(_translations(language()).ungettext(one, many, num)) % {"num": num}


def _wording(text: str, **values: object) -> Markup:
    """A text of the templates in the language of the page; values are escaped."""
    code = language()
    return Markup(_translations(code).ugettext(text)) % values if values else _plain(code, text)


@lru_cache(maxsize=4096)
def _plain(code: str, text: str) -> Markup:
    return Markup(_translations(code).ugettext(text)) % {}


@lru_cache
def _translations(code: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [code])


def choose_language() -> str:
    """The language for this request: chosen, else the person's, else the browser's, else ours.

    Once a session has ended, what was last chosen in this browser comes before its settings.
    """
    chosen = session.get(_FIELD)
    if chosen in LANGUAGES:
        return str(chosen)
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    last = request.cookies.get(_COOKIE)
    if last in LANGUAGES:
        return str(last)
    return request.accept_languages.best_match(list(LANGUAGES)) or settings().default_language


def words(names: Mapping[str, str] | str | None) -> str:
    """The text in the page's language, else in the first one of kk, ru, en that has it."""
    if not names:
        return ""
    if isinstance(names, str):
        return names
    for code in (language(), *LANGUAGES):
        if names.get(code):
            return names[code]
    return next(iter(names.values()))


def same_page_in(code: str) -> str:
    """The address of this very page in another language."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return url_for("auth.home", lang=code)
    arguments: dict[str, Any] = {**(request.view_args or {}), **_asked(), _FIELD: code}
    return url_for(rule.endpoint, **arguments)


def keep_choice(app: Flask) -> None:
    """Lets every page of `app` take `?lang=`: it is remembered, and the page shown without it."""
    app.before_request(_remember)


def _remember() -> Response | None:
    if _FIELD not in request.args or request.method != "GET":
        return None
    code = request.args[_FIELD]
    arguments: dict[str, Any] = {**_asked(), **(request.view_args or {})}
    del arguments[_FIELD]
    shown: Any = redirect(
        url_for("auth.home") if request.endpoint is None else url_for(request.endpoint, **arguments)
    )
    if code in LANGUAGES:
        session[_FIELD] = code
        remember_in_browser(shown, code)
    return shown


def remember_in_browser(response: Response, code: str) -> None:
    """Lets pages be in this language also when the session has ended."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _COOKIE, code, max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax"
    )


def _asked() -> dict[str, list[str]]:
    """What the address asks for, with all its values, but for what `url_for` has of its own."""
    return {name: values for name, values in request.args.lists() if name not in _OF_URL_FOR}
