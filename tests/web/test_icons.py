"""Icons of the pages."""

from __future__ import annotations

from flask import Flask

from web.icons import icon


def test_an_icon_is_drawn_from_the_one_file_and_is_hidden_from_readers(app: Flask) -> None:
    with app.test_request_context():
        assert icon("key") == (
            '<svg class="q-icon" aria-hidden="true" focusable="false">'
            '<use href="/static/icons.svg#key"></use></svg>'
        )


def test_the_name_of_an_icon_is_escaped(app: Flask) -> None:
    with app.test_request_context():
        assert '"><b>' not in icon('"><b>')
