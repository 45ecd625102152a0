"""The texts of notices: read, written anew with a preview, and put back as delivered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import Conflict
from handlers.shared.notice_texts import Notice, TextsRefused, check_texts
from handlers.shared.texts import Texts
from web.auth import require_area
from web.context import actor, now, people, person, queries
from web.errors import Page, conflict_page
from web.formats import local, user_name
from web.language import LANGUAGES, change_as_pressed, words
from web.messages.reaching import post
from web.whole_numbers import whole_number

MOST_VERSIONS = 1_000_000

AREA = "notices"
"""Who may write texts; everyone with the area of messages reads them."""


@dataclass(frozen=True)
class Example:
    """Subject and body as an enterprise would read them, in one language."""

    language: str
    subject: str
    body: str


def index() -> str:
    """The notices of every application."""
    require_area("messages")
    found = {key: post().notices(key, _today()) for key in post().applications}
    return render_template(
        "messages/texts.html", applications=[(_name_of(key), rows) for key, rows in found.items()]
    )


def show(application: str, notice: str) -> str:
    """One notice: its texts in force, an example of each, its versions."""
    require_area("messages")
    return _page(post().notice(application, notice, _today()))


def edit(application: str, notice: str) -> Response | Page | str | tuple[str, int]:
    """Shows an example of what was typed (`press` is "preview"), keeps it, or goes back.

    The page in another language (`lang`) has what was typed, and nothing of it is checked.
    """
    require_area(AREA)
    found = post().notice(application, notice, _today())
    seen = replace(found, version=_version())
    here = url_for("messages.text", application=application, notice=notice)
    if change_as_pressed():
        return _page(seen, _typed("subject"), _typed("body"))
    try:
        if request.form.get("press") == "restore":
            post().restore(seen, actor(), now())
            flash(gettext("The delivered text is in force again."))
            return redirect(here)
        subject, body = _typed("subject"), _typed("body")
        check_texts(found, subject, body)
        if request.form.get("press") != "save":
            return _page(seen, subject, body, previewed=True)
        post().write(seen, subject, body, actor(), now())
    except TextsRefused as error:
        wrong = {field: words(texts) for field, texts in error.fields.items()}
        return _page(seen, subject, body, wrong), 422
    except Conflict as conflict:
        if request.form.get("press") == "restore" or conflict.who is None:
            return conflict_page(conflict, here)
        who = user_name(conflict.who)
        wrong = {"": gettext("%(name)s has changed this text meanwhile. Yours is below.", name=who)}
        return _page(post().notice(application, notice, _today()), subject, body, wrong), 409
    flash(gettext("The text is kept. It is used from the next message on."))
    return redirect(here)


def _page(
    notice: Notice,
    subject: Texts | None = None,
    body: Texts | None = None,
    errors: dict[str, str] | None = None,
    *,
    previewed: bool = False,
) -> str:
    return render_template(
        "messages/text.html",
        notice=notice,
        application=_name_of(notice.application),
        subject=subject or notice.subject,
        body=body or notice.body,
        errors=errors or {},
        previewed=previewed,
        may_edit=AREA in people().areas(person()),
        examples=_examples(notice, *((subject, body) if previewed else ())) if not errors else [],
        versions=post().versions(notice),
        languages_of_texts=LANGUAGES,
    )


def _name_of(application: str) -> str:
    """What the process of an application is called; its key where none of that id is deployed."""
    return words(queries().process_names(actor()).get(application)) or application


def _examples(
    notice: Notice, subject: Texts | None = None, body: Texts | None = None
) -> list[Example]:
    subjects, bodies = notice.example(subject, body)
    return [Example(code, subjects[code], bodies[code]) for code in LANGUAGES]


def _typed(part: str) -> Texts:
    return {code: request.form.get(f"{part}-{code}", "") for code in LANGUAGES}


def _version() -> int:
    return whole_number(request.form.get("version", ""), most=MOST_VERSIONS)


def _today() -> date:
    return local(now()).date()
