"""Kazakh, Russian, English: which one a page is in, and texts that come in all three."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Flask, current_app, redirect, request, session, url_for
from flask_babel import get_locale, get_translations
from flask_login import current_user
from werkzeug.wrappers import Response

from web.context import settings

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_FIELD = "lang"
_COOKIE = "qadam_lang"
_A_YEAR = 365 * 24 * 3600
_OF_URL_FOR = {"endpoint", "_anchor", "_method", "_scheme", "_external"}


def language() -> str:
    """The language of the page that is being made."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "kk"


def add_wording(app: Flask) -> None:
    """Gives the templates gettext and ngettext that find a language's translations at once."""
    known: dict[str, Any] = {}

    def translations() -> Any:
        code = language()
        if code not in known:
            known[code] = get_translations()
        return known[code]

    templates = cast(Any, app.jinja_env)
    templates.install_gettext_callables(
        lambda text: translations().ugettext(text),
        lambda one, many, number: translations().ungettext(one, many, number),
        newstyle=True,
    )


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
