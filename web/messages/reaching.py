"""The post of this installation, for pages that are nothing without it."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from web.context import surroundings
from web.post import Post


def post() -> Post:
    """The messages. Raises NotFound where the installation has none."""
    found = surroundings().post
    if found is None:
        raise NotFound
    return found
