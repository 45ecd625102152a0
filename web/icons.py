"""Icons of the pages, all from one file."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, g, url_for
from markupsafe import Markup

_ICON = Markup(
    '<svg class="q-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
)


def icon(name: str) -> Markup:
    """An icon by its name. It carries no meaning of its own: words stand beside it."""
    if "icons_address" not in g:
        g.icons_address = url_for("static", filename="icons.svg")
    return _drawn(g.icons_address, name)


@lru_cache(maxsize=256)
def _drawn(address: str, name: str) -> Markup:
    return _ICON.format(address, name)


def add_icons(app: Flask) -> None:
    """Makes `icon` known to the templates: a page draws dozens, and a macro would cost more."""
    app.jinja_env.globals["icon"] = icon
