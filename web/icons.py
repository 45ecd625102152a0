"""Icons of the pages, all from one file."""

from __future__ import annotations

from flask import Flask, g, url_for
from markupsafe import Markup

_ICON = Markup(
    '<svg class="q-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
)


def icon(name: str) -> Markup:
    """An icon by its name. It carries no meaning of its own: words stand beside it."""
    if "icons_address" not in g:
        g.icons_address = url_for("static", filename="icons.svg")
    return _ICON.format(g.icons_address, name)


def add_icons(app: Flask) -> None:
    """Makes `icon` known to the templates: a page draws dozens, and a macro would cost more."""
    app.jinja_env.globals["icon"] = icon
