"""A page of demonstrations only: which registries answer, and which are slow, silent or down."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from handlers.shared.demo.registry_moods import MOODS, MoodsUnreadable, RegistryMoods
from web.context import surroundings

blueprint = Blueprint("demo_registries", __name__, url_prefix="/demo/registries")


@blueprint.get("/")
def show() -> str:
    """Every registry with the choice of how it behaves."""
    moods = _moods()
    try:
        now, problem = moods.read(), ""
    except MoodsUnreadable as error:
        now, problem = {}, str(error)
    return render_template(
        "demo/registries.html",
        registries=moods.registries,
        now=now,
        problem=problem,
        choices=[(mood, _called(mood)) for mood in MOODS],
    )


@blueprint.post("/")
def change() -> Response:
    """Keeps what was chosen."""
    moods = _moods()
    given = {name: request.form.get(name, "") for name in moods.registries}
    try:
        moods.change({name: mood for name, mood in given.items() if mood})
    except ValueError:
        abort(400)
    flash(gettext("The registries now behave as chosen."))
    return redirect(url_for("demo_registries.show"))


def _moods() -> RegistryMoods:
    moods = surroundings().registry_moods
    if moods is None:
        abort(404)
    return moods


def _called(mood: str) -> str:
    return {
        "answers": gettext("Answers at once"),
        "slow": gettext("Answers slowly, after some seconds"),
        "silent": gettext("Does not answer in time"),
        "down": gettext("Is down"),
    }[mood]
