"""Error pages: what happened, in words, and what to do next."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.wrappers import Response

from engine import errors as engine_errors
from web.language import words
from web.security import is_local

_log = logging.getLogger(__name__)
_REDRAWN = "qadam_redrawn"
Page = tuple[str, int]


Redrawn = Callable[..., str]
"""Draws a page again from a press, doing nothing of it; takes the arguments of the press's view."""


def add_error_pages(app: Flask, redrawn: Mapping[str, Redrawn] | None = None) -> None:
    """Gives every error of the engine and of HTTP its page.

    `redrawn`: by endpoint, the page of a press that did not count, with what was typed.
    """
    app.extensions[_REDRAWN] = dict(redrawn or {})
    app.register_error_handler(engine_errors.NotAllowed, _not_allowed)
    app.register_error_handler(engine_errors.AssignedToAnother, _a_colleagues)
    app.register_error_handler(engine_errors.NotFound, _not_found)
    app.register_error_handler(engine_errors.Conflict, _conflict)
    app.register_error_handler(engine_errors.InvalidSubmission, _invalid)
    app.register_error_handler(engine_errors.SignatureRefused, _signature_refused)
    app.register_error_handler(engine_errors.BadCommand, _bad_command)
    app.register_error_handler(engine_errors.StepFailed, _failed_step)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _defect)


def page(status: int, title: str, text: str, **more: object) -> Page:
    """An error page with its status."""
    return (
        render_template("errors/error.html", status=status, title=title, text=text, **more),
        status,
    )


def conflict_page(
    error: engine_errors.Conflict,
    onward: str | None = None,
    *,
    title: str | None = None,
    text: str | None = None,
) -> Page:
    """What changed meanwhile, who did it and when; `onward` leads to where the matter stands."""
    return page(
        409,
        title or gettext("This has changed meanwhile"),
        text or _who_was_faster(error.who),
        who=error.who,
        when=error.when,
        onward=onward,
    )


def _who_was_faster(who: str | None) -> str:
    if current_user.is_authenticated and who == current_user.id:
        return gettext("You did this already, perhaps in another tab. Nothing was done twice.")
    return gettext("Someone else was faster, so nothing was done.")


def _not_allowed(error: engine_errors.NotAllowed) -> Page:
    return page(
        403,
        gettext("This is not open to you"),
        gettext("Your role or your organisation may not do this. If it should, ask the operator."),
    )


def _forbidden(error: HTTPException) -> Page:
    """What the view said of it, where it said who may."""
    if error.description is None or error.description == Forbidden.description:
        return _not_allowed(engine_errors.NotAllowed())
    return page(403, gettext("This is not open to you"), error.description)


def _a_colleagues(error: engine_errors.AssignedToAnother) -> Page:
    return page(
        403,
        gettext("A colleague has taken this task"),
        gettext("Nothing was done. Ask them to release it, or leave it to them."),
        who=error.who,
    )


def _failed_step(error: engine_errors.StepFailed) -> Page:
    _log.error("step failed, incident %s: %s", error.incident_id, error)
    return page(
        500,
        gettext("The process could not go on"),
        gettext("Nothing was done. The operator has been told and sees what is wrong."),
        identifier=error.incident_id,
    )


def _not_found(error: engine_errors.NotFound) -> Page:
    return page(
        404,
        gettext("There is no such page"),
        gettext("It may never have existed, or it belongs to another organisation."),
    )


def _conflict(error: engine_errors.Conflict) -> Page:
    return conflict_page(error)


def _invalid(error: engine_errors.InvalidSubmission) -> Page:
    return page(
        422,
        gettext("Some answers are not right"),
        gettext("Nothing was done. Go back and correct this:"),
        details=[words(texts) for texts in error.fields.values()],
    )


def _signature_refused(error: engine_errors.SignatureRefused) -> Page:
    return page(422, gettext("The signature was not accepted"), words(error.messages) or str(error))


def _bad_command(error: engine_errors.BadCommand) -> Page:
    return page(
        400,
        gettext("This could not be done"),
        gettext("The request was not complete. Go back and try again."),
    )


def _stale_form(error: CSRFError) -> Page:
    if not current_user.is_authenticated:
        came_from = urlsplit(request.referrer or "").path
        return page(
            400,
            gettext("You are no longer logged in"),
            gettext("Nothing was done. Log in again, and you are back where you were."),
            onward=url_for("auth.sign_in", next=came_from if is_local(came_from) else None),
            onward_text=gettext("Log in"),
        )
    again = _drawn_again()
    if again is not None:
        return again, 400
    return page(
        400,
        gettext("This page was open for too long"),
        gettext("Nothing was done. Go back, reload the page and try again."),
    )


def _drawn_again() -> str | None:
    """The page of the press, with what was typed in it; None where it has none, or is gone."""
    redraw: Redrawn | None = current_app.extensions[_REDRAWN].get(request.endpoint)
    if redraw is None:
        return None
    try:
        return redraw(**(request.view_args or {}))
    except (engine_errors.EngineError, HTTPException):
        return None


def stale_page() -> Mapping[str, Mapping[str, str]]:
    """What a page says that was open for too long and is drawn again, as errors of its form."""
    text = gettext(
        "This page was open for too long, so nothing was sent. What you typed is still here: look "
        "it over and press the button again. A file has to be attached again."
    )
    return {"": {"": text}}


def _of_http(error: HTTPException) -> Page | Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if error.code == 403:
        return _forbidden(error)
    if error.code == 404:
        return _not_found(engine_errors.NotFound())
    titles: Mapping[int, tuple[str, str]] = {
        405: (gettext("There is no such page"), gettext("Go back and try again.")),
        413: (
            gettext("This is too much at once"),
            gettext(
                "Nothing was done. Go back with the browser's button: what you typed is still "
                "there. Attach a smaller file, or shorten the text, and send it again."
            ),
        ),
    }
    if error.code >= 500:
        return _defect(error)
    title, text = titles.get(
        error.code,
        (
            gettext("This could not be done"),
            gettext("The request was not complete. Go back and try again."),
        ),
    )
    return page(error.code, title, text)


def _defect(error: Exception) -> Page:
    g.defect = True
    identifier = uuid.uuid4().hex[:12]
    _log.error("Error %s at %s %s", identifier, request.method, request.path, exc_info=error)
    return page(
        500,
        gettext("Something went wrong on our side"),
        gettext("Nothing that you entered was half done. Try again in a minute."),
        identifier=identifier,
    )
