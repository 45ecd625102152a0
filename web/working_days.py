"""The working calendar: exceptions that staff edit, with a preview of the terms that move."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands import CalendarRow, EditCalendar
from web.auth import require_area
from web.context import actor, now, queries
from web.formats import day as day_in_words
from web.formats import local
from web.presses import command_id, press
from web.whole_numbers import number_in_address

blueprint = Blueprint("working_days", __name__, url_prefix="/working-days")
_LONGEST_NAME = 120


@blueprint.get("/")
def show() -> str:
    """The exceptions to the usual week, and a form for one more."""
    require_area("calendar")
    return _page()


@blueprint.post("/")
def edit() -> Response | str | tuple[str, int]:
    """Shows what an edit would move (`press` is "preview"), or carries it out."""
    require_area("calendar")
    try:
        changed = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return _page(error=gettext("Give the day as a date, as 2026-12-31")), 422
    kind = request.form.get("kind", "")
    if kind not in ("off", "working", "remove"):
        return _page(error=gettext("Choose what the day is")), 422
    name = request.form.get("name", "").strip()[:_LONGEST_NAME]
    preview = request.form.get("press") != "apply"
    done = press(_command(changed, kind, name, preview=preview))
    if preview:
        return _page(changes=done.changes)
    flash(gettext("The calendar is changed: %(day)s.", day=day_in_words(changed)))
    return redirect(url_for("working_days.show"))


def _command(changed: date, kind: str, name: str, *, preview: bool) -> EditCalendar:
    identifier = None if preview else command_id()
    if kind == "remove":
        return EditCalendar(remove=(changed,), preview=preview, command_id=identifier)
    names = dict.fromkeys(("kk", "ru", "en"), name) if name else {}
    row = CalendarRow(changed, kind == "working", names)
    return EditCalendar(rows=(row,), preview=preview, command_id=identifier)


def _page(error: str = "", changes: object = None) -> str:
    rows = queries().calendar(actor())
    years = sorted({row.day.year for row in rows} | {local(now()).year})
    year = number_in_address("year", most=9999) or local(now()).year
    return render_template(
        "working_days/calendar.html",
        rows=[row for row in rows if row.day.year == year],
        years=years,
        year=year,
        error=error,
        changes=changes,
        typed=request.form,
    )
