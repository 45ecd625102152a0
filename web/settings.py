"""What the web can be told from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class WebSettings:
    """Settings of the web.

    `demo` is EDS_MODE=demo: a mark on every page, and signing with a demo key. `cookie_secure`
    False is for plain HTTP on one's own machine only.
    """

    secret_key: str
    demo: bool = False
    cookie_secure: bool = True
    default_language: str = "kk"
    time_zone: str = "Asia/Almaty"
    session_lifetime: timedelta = timedelta(hours=12)
    max_request_bytes: int = 2 * 1024 * 1024
