"""Signing in as one of the people of the directory, and who may enter which area."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from web.context import people, person
from web.language import LANGUAGES, change_language, language, remember_in_browser
from web.people import Person
from web.security import is_local

blueprint = Blueprint("auth", __name__)
_PUBLIC = frozenset({"auth.sign_in", "auth.sign_in_as", "health.show", "static"})
_HOMES = {
    "cabinet": "cabinet.home",
    "tasks": "tasklist.show",
    "cockpit": "cockpit.definitions",
    "instances": "instances.index",
    "calendar": "working_days.show",
    "settings": "dated_tables.index",
    "messages": "messages.index",
}


def require_sign_in(app: Flask) -> None:
    """Sends whoever is not signed in to the sign-in page, and back afterwards."""
    login = LoginManager(app)
    login.user_loader(lambda user: people().find(user))
    app.before_request(_ask_to_sign_in)


def _ask_to_sign_in() -> Response | None:
    if request.endpoint is None or request.endpoint in _PUBLIC or current_user.is_authenticated:
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted if wanted != "/" else None))


def require_area(*areas: str) -> None:
    """Raises Forbidden unless one of these areas of the web is open to the person."""
    if not set(areas) & set(people().areas(person())):
        raise Forbidden


def home_of(who: Person) -> str:
    """The address where a person's work begins."""
    areas = people().areas(who)
    return url_for(_HOMES[areas[0]]) if areas else url_for("auth.sign_in")


@blueprint.get("/")
def home() -> Response:
    return redirect(home_of(person()))


@blueprint.get("/sign-in")
def sign_in() -> str:
    return render_template(
        "auth/sign_in.html", roles=people().by_role(), next=request.args.get("next", "")
    )


@blueprint.post("/sign-in")
def sign_in_as() -> Response:
    who = people().find(request.form.get("person"))
    if who is None:
        flash(gettext("There is no such person. Choose one from the list."), "error")
        return redirect(url_for("auth.sign_in"))
    _end_session()
    session.permanent = True
    login_user(who)
    wanted = request.form.get("next", "")
    inside: Response = redirect(wanted if is_local(wanted) else home_of(who))
    remember_in_browser(inside, language())
    return inside


@blueprint.post("/sign-out")
def sign_out() -> Response:
    logout_user()
    _end_session()
    return redirect(url_for("auth.sign_in"))


def _end_session() -> None:
    """Forgets everything but the language that was chosen."""
    chosen = session.get("lang")
    session.clear()
    if chosen in LANGUAGES:
        change_language(chosen)
