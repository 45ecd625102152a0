"""FK-B.03 whose registries are those of the demonstration, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from handlers.shared.demo.registry_server import RegistryServer
from tests.processes.fk_b03 import Office

TOKEN = "secret"


@contextmanager
def asking_registries(data: Path, moods: RegistryMoods) -> Iterator[Office]:
    """An office that asks each registry once at a try; a slow one takes a tenth of a second."""
    server = RegistryServer(
        demo.ENTERPRISES, moods, lambda: date(2026, 3, 2), token=TOKEN, slow=0.1
    )
    server.start()
    settings = {
        "QADAM_REGISTRY_URL": server.address,
        "QADAM_REGISTRY_TOKEN": TOKEN,
        "QADAM_REGISTRY_TRIES": "1",
    }
    with closing(server), closing(Office(data, settings)) as office:
        yield office
