"""Headers of every answer, and redirects that stay on this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, g, request

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_FILES = frozenset({"documents.show", "documents.signed", "documents.signature"})

NCALAYER = "ncalayer_address"
"""The name in `g` under which a page that signs puts the address that it may connect to."""


def protect(app: Flask) -> None:
    """Adds the headers to every answer of `app`."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    framed = request.endpoint == "documents.show"
    policy = dict(_POLICY)
    if framed:
        policy["frame-ancestors"] = "'self'"
    if NCALAYER in g:
        policy["connect-src"] += f" {g.get(NCALAYER)}"
    response.headers["Content-Security-Policy"] = _policy_of_file(response) or "; ".join(
        f"{directive} {sources}" for directive, sources in policy.items()
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if framed else "DENY"
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _policy_of_file(response: Response) -> str | None:
    """The policy of a document's bytes: nothing is loaded and nothing runs. None for pages.

    A PDF that is shown has no sandbox, since browsers then refuse to draw it.
    """
    if request.endpoint not in _FILES or response.status_code != 200:
        return None
    shown = response.headers.get("Content-Disposition", "").startswith("inline")
    if shown and response.mimetype == "application/pdf":
        return None
    return "default-src 'none'; frame-ancestors 'self'; sandbox"


def is_local(address: str) -> bool:
    """Whether an address is a path of this site, so that it is safe to redirect to."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    if any(ord(character) < 32 for character in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc
