"""What the web can be told from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

NCALAYER = "wss://127.0.0.1:13579"
"""Where NCALayer listens on a person's own computer."""


@dataclass(frozen=True)
class WebSettings:
    """Settings of the web.

    `demo` is EDS_MODE=demo: a mark on every page, and signing with a demo key. `cookie_secure`
    False is for plain HTTP on one's own machine only. `ncalayer` is the address (wss://…) at which
    a page finds NCALayer; `time_stamps`: NCALayer is asked to add the authority's time stamp.
    `public_url` is the address of the site without a path, as people type it; None: what a request
    came to. `max_file_bytes` is how large a file may be, as the engine has it; `max_upload_bytes`
    what a request with files may have in all: more, so that too large a file is answered on its
    form.
    """

    secret_key: str
    demo: bool = False
    cookie_secure: bool = True
    default_language: str = "kk"
    time_zone: str = "Asia/Almaty"
    session_lifetime: timedelta = timedelta(hours=12)
    max_request_bytes: int = 2 * 1024 * 1024
    max_file_bytes: int = 5 * 1024 * 1024
    max_upload_bytes: int = 20 * 1024 * 1024
    ncalayer: str = NCALAYER
    time_stamps: bool = True
    public_url: str | None = None
