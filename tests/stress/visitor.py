"""A person's browser, as much of one as a press of a button takes: cookies, tokens, forms."""

from __future__ import annotations

import http.client
import re
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "127.0.0.1"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_PATIENCE = 60.0


class Unanswered(Exception):
    """The server did not answer: nobody knows whether it did what it was asked to."""


@dataclass(frozen=True)
class Answer:
    """What the server said. `location` is where it leads to, "" for nowhere."""

    status: int
    location: str
    text: str


def new_command_id() -> str:
    """An id as the hidden field of a form carries it."""
    return uuid.uuid4().hex


class Visitor:
    """One person's session. Every request is a connection of its own."""

    def __init__(self, port: int, person: str) -> None:
        self.port = port
        self.person = person
        self._cookies: dict[str, str] = {}
        self._token = ""

    def sign_in(self) -> None:
        """Signs in, and keeps the token that every form of this session carries."""
        self._token = self._token_on("/sign-in")
        answer = self.post("/sign-in", person=self.person)
        assert answer.status == 302, answer
        self._token = self._token_on(answer.location)

    def get(self, address: str) -> Answer:
        """Asks for a page. Raises Unanswered."""
        return self._ask("GET", address, None)

    def post(self, address: str, **form: str) -> Answer:
        """Sends a form with this session's token. Raises Unanswered."""
        return self._ask("POST", address, urlencode({"csrf_token": self._token, **form}))

    def _token_on(self, address: str) -> str:
        page = self.get(address)
        found = _TOKEN.search(page.text)
        assert found is not None, f"{address} has no token: {page.status} {page.text[:300]}"
        return found.group(1)

    def _ask(self, method: str, address: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=_PATIENCE)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as cut:
            raise Unanswered(f"{method} {address}: {cut!r}") from cut
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", ()):
            self._cookies.update({key: it.value for key, it in SimpleCookie(header).items()})
        return Answer(response.status, response.headers.get("Location", ""), text)
