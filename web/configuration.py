"""What the installation is told by its environment, read once."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from engine.private_files import kept

ROOT = Path(__file__).resolve().parent.parent
DEMO, PRODUCTION = "demo", "production"


@dataclass(frozen=True)
class Configuration:
    """Settings of an installation.

    data: the folder of everything that changes. database_url: SQLite in it unless told. eds_mode:
    "demo" marks every page and offers demo keys; anything else refuses a demo root. trust: the
    folder with the roots that signatures must lead to. public_url: scheme and host that people
    reach the site by, None where a request's own are right. settings: what adapters read (QADAM_…).
    """

    data: Path
    diagrams: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    eds_mode: str = PRODUCTION
    trust: Path = Path("trust")
    people: Path | None = None
    public_url: str | None = None
    secure_cookies: bool = True
    threads: int = 4
    file_bytes: int = 5 * 1024 * 1024
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_demo(self) -> bool:
        """Whether this installation is for looking, with invented people and keys."""
        return self.eds_mode == DEMO

    @property
    def registry_moods(self) -> Path:
        """The file that says how the registries of a demonstration behave."""
        return self.data / "demo_registries.json"

    def secret_key(self) -> str:
        """The key of sessions: QADAM_SECRET_KEY, else one kept in the data folder."""
        given = self.settings.get("QADAM_SECRET_KEY")
        if given:
            return given
        made = kept(self.data / "secret_key", lambda: secrets.token_hex(32).encode())
        return made.decode("ascii")


def read_configuration(environment: Mapping[str, str] | None = None) -> Configuration:
    """Reads QADAM_DATA, QADAM_DATABASE_URL, QADAM_HOST, QADAM_PORT, QADAM_DIAGRAMS, QADAM_TRUST,
    QADAM_PEOPLE, QADAM_PUBLIC_URL, QADAM_SECURE_COOKIES, QADAM_THREADS, QADAM_FILE_MB and
    EDS_MODE.

    Raises ValueError for a port, number of threads or size of a file that is no number, and for a
    public address that is none.
    """
    given = os.environ if environment is None else environment
    data = Path(given.get("QADAM_DATA", "data")).resolve()
    eds_mode = given.get("EDS_MODE", PRODUCTION)
    people = given.get("QADAM_PEOPLE")
    return Configuration(
        data=data,
        diagrams=Path(given.get("QADAM_DIAGRAMS", ROOT / "bpmn")),
        database_url=given.get("QADAM_DATABASE_URL", f"sqlite:///{data / 'qadam.sqlite'}"),
        host=given.get("QADAM_HOST", "127.0.0.1"),
        port=int(given.get("QADAM_PORT", "8000")),
        eds_mode=eds_mode,
        trust=Path(given.get("QADAM_TRUST", data / "trust")),
        people=None if people is None else Path(people),
        public_url=_public_url(given.get("QADAM_PUBLIC_URL", "")),
        secure_cookies=given.get("QADAM_SECURE_COOKIES", "0" if eds_mode == DEMO else "1") == "1",
        threads=int(given.get("QADAM_THREADS", "4")),
        file_bytes=int(given.get("QADAM_FILE_MB", "5")) * 1024 * 1024,
        settings={name: value for name, value in given.items() if name.startswith("QADAM_")},
    )


def _public_url(given: str) -> str | None:
    """Scheme and host, without the slash at the end; None where nothing is given."""
    address = given.strip().rstrip("/")
    parts = urlsplit(address)
    if address and not (
        parts.scheme in ("http", "https")
        and parts.hostname
        and address == f"{parts.scheme}://{parts.netloc}"
        and "@" not in parts.netloc
    ):
        raise ValueError(
            f"Expected QADAM_PUBLIC_URL as https://host or https://host:port, but found {given}"
        )
    return address or None
