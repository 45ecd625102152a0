"""What every template may use: the links of the header, the language switch, counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext
from flask_login import current_user

from web.context import actor, people, person, queries, settings, surroundings
from web.language import LANGUAGES, language, same_page_in
from web.presses import new_command_id


@dataclass(frozen=True)
class Link:
    """One link of the header; `count` is shown when there is something to do."""

    text: str
    address: str
    current: bool
    count: int = 0


def _links() -> list[Link]:
    if not current_user.is_authenticated:
        return []
    areas = people().areas(person())
    places = _places()
    return [_link(area, *places[area]) for area in areas if area in places]


def _places() -> dict[str, tuple[str, str]]:
    """The areas that have a link of their own: its text, and where it leads."""
    return {
        "cabinet": (gettext("My applications"), "cabinet.home"),
        "tasks": (gettext("Task list"), "tasklist.show"),
        "instances": (gettext("Process instances"), "instances.index"),
        "cockpit": (gettext("Cockpit"), "cockpit.definitions"),
        "calendar": (gettext("Working days"), "working_days.show"),
        "settings": (gettext("Settings"), "dated_tables.index"),
        "messages": (gettext("Messages"), "messages.index"),
    }


def _link(area: str, text: str, endpoint: str) -> Link:
    room = endpoint.split(".")[0]
    counted = area == "tasks" and not g.get("defect")
    count = queries().task_counts(actor()).mine if counted else 0
    return Link(text, url_for(endpoint), (request.endpoint or "").split(".")[0] == room, count)


def _shared() -> dict[str, Any]:
    return {
        "navigation": _links,
        "languages": LANGUAGES,
        "language": language(),
        "same_page_in": same_page_in,
        "demo": settings().demo,
        "demo_registries": surroundings().registry_moods is not None,
        "mailbox": _has_mailbox(),
        "has_post": surroundings().post is not None,
        "has_checks": surroundings().checks is not None,
    }


def _has_mailbox() -> bool:
    post = surroundings().post
    return settings().demo and post is not None and post.mailbox is not None


def add_navigation(app: Flask) -> None:
    """Makes these known to the templates."""
    app.context_processor(_shared)
    app.jinja_env.globals.update(new_command_id=new_command_id, page_language=language)
