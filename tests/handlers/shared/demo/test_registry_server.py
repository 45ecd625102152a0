"""The registries of a demonstration, asked over HTTP as the product asks them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.fk_b03.facts import REGISTRIES
from handlers.fk_b03.inquiring import registry_names
from handlers.shared import demo
from handlers.shared.demo.registry_moods import MoodsUnreadable, RegistryMoods
from handlers.shared.demo.registry_server import SLOW, RegistryServer
from handlers.shared.http import Limits, exchange
from handlers.shared.reference_data import ReferenceData
from handlers.shared.registries import FileRegistry, HttpRegistry, RegistryUnavailable
from tests.support.house import Clock

TODAY = date(2026, 3, 2)
PATIENT = Limits(connect=60, read=60, whole=60)
GOOD, DOWN_FOR = "150140000012", "150140002019"


@pytest.fixture
def moods(tmp_path: Path) -> RegistryMoods:
    return RegistryMoods.of_demo(tmp_path / "moods.json", demo.REGISTRIES)


@pytest.fixture
def server(moods: RegistryMoods) -> Iterator[RegistryServer]:
    opened = RegistryServer(
        demo.ENTERPRISES, moods, lambda: TODAY, token="secret", slow=0.2, silent=30
    )
    opened.start()
    yield opened
    opened.close()


@pytest.fixture
def ask(server: RegistryServer) -> Callable[..., object]:
    """Asks without retries and with short time-outs."""
    limits = Limits(connect=5, read=2, whole=10)
    registry = HttpRegistry(server.address, clock=Clock(), token="secret", limits=limits, tries=1)
    return registry.ask


def test_it_answers_as_the_file_does_for_every_enterprise(ask: Callable[..., object]) -> None:
    file = FileRegistry(demo.ENTERPRISES, lambda: TODAY)
    for identifier in json.loads(demo.ENTERPRISES.read_bytes()):
        for name in REGISTRIES:
            if (identifier, name) != (DOWN_FOR, "social_payments"):
                assert ask(name, identifier) == file.ask(name, identifier), (identifier, name)


def test_one_that_is_down_in_the_file_answers_503(ask: Callable[..., object]) -> None:
    with pytest.raises(RegistryUnavailable, match="it answered 503"):
        ask("social_payments", DOWN_FOR)


def test_nothing_held_is_404_and_says_of_what(
    ask: Callable[..., object], server: RegistryServer
) -> None:
    assert ask("heads", "000000000000") is None
    url, headers = f"{server.address}/heads/000000000000", {"Authorization": "Bearer secret"}
    told = {"registry": "heads", "number": "000000000000", "found": False}
    assert exchange("GET", url, limits=Limits(), headers=headers) == (404, told)


def test_moods_change_what_it_does_while_it_runs(
    ask: Callable[..., object], moods: RegistryMoods
) -> None:
    moods.change({"heads": "down", "insolvency": "slow", "listed_employees": "silent"})
    with pytest.raises(RegistryUnavailable, match="503"):
        ask("heads", GOOD)
    began = time.monotonic()
    assert ask("insolvency", GOOD) == {"bankruptcy": False, "liquidation": False}
    assert time.monotonic() - began >= 0.2
    with pytest.raises(RegistryUnavailable, match="no answer in time"):
        ask("listed_employees", GOOD)
    moods.change(dict.fromkeys(REGISTRIES, "answers"))
    assert ask("heads", GOOD) == {"matches": True}


def test_slow_is_within_the_time_outs_of_the_product() -> None:
    assert HttpRegistry.LIMITS.read > SLOW


@pytest.mark.parametrize("token", [None, "wrong", "sécret"])
def test_without_the_token_it_says_nothing(server: RegistryServer, token: str | None) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{server.address}/heads/{GOOD}"
    assert exchange("GET", url, limits=Limits(), headers=headers)[0] == 401


@pytest.mark.parametrize("path", ["/", "/heads", "/heads/1/2", "/unknown/1"])
def test_other_addresses_are_refused(server: RegistryServer, path: str) -> None:
    headers = {"Authorization": "Bearer secret"}
    url = f"{server.address}{path}"
    assert exchange("GET", url, limits=Limits(), headers=headers)[0] == 400


def test_many_are_answered_at_once(moods: RegistryMoods) -> None:
    moods.change({"heads": "slow"})
    server = RegistryServer(demo.ENTERPRISES, moods, lambda: TODAY, slow=1.0)
    server.start()
    ask = HttpRegistry(server.address, clock=Clock(), limits=PATIENT, tries=1).ask
    came: list[object] = []
    threads = [threading.Thread(target=lambda: came.append(ask("heads", GOOD))) for _ in range(30)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.monotonic() - began
    server.close()
    assert came == [{"matches": True}] * 30
    assert taken < 30 * 1.0 / 2, "one after the other it takes twice as long"


def test_it_ends_without_waiting_for_the_silent(moods: RegistryMoods) -> None:
    moods.change({"heads": "silent"})
    server = RegistryServer(demo.ENTERPRISES, moods, lambda: TODAY, silent=60)
    server.start()
    asking = threading.Thread(
        target=lambda: pytest.raises(
            RegistryUnavailable,
            HttpRegistry(server.address, clock=Clock(), limits=PATIENT, tries=1).ask,
            "heads",
            GOOD,
        )
    )
    asking.start()
    time.sleep(0.2)
    began = time.monotonic()
    server.close()
    asking.join(30)
    assert not asking.is_alive()
    assert time.monotonic() - began < 30


def test_one_that_never_began_to_answer_can_be_closed(moods: RegistryMoods) -> None:
    RegistryServer(demo.ENTERPRISES, moods, lambda: TODAY).close()


def test_moods_are_kept_and_others_stay(moods: RegistryMoods, tmp_path: Path) -> None:
    assert set(moods.read().values()) == {"answers"}
    moods.change({"heads": "down"})
    moods.change({"insolvency": "slow"})
    again = RegistryMoods.of_demo(tmp_path / "moods.json", demo.REGISTRIES).read()
    assert (again["heads"], again["insolvency"], again["subsidised_jobs"]) == (
        "down",
        "slow",
        "answers",
    )


@pytest.mark.parametrize("changes", [{"unknown": "down"}, {"heads": "angry"}])
def test_unknown_moods_and_registries_are_refused(
    moods: RegistryMoods, changes: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="Expected a registry"):
        moods.change(changes)


@pytest.mark.parametrize("text", ["{", "[]", '{"heads": "angry"}', '{"heads": 1}'])
def test_a_file_that_can_not_be_read_answers_500_and_is_written_anew(
    moods: RegistryMoods, ask: Callable[..., object], tmp_path: Path, text: str
) -> None:
    (tmp_path / "moods.json").write_text(text)
    with pytest.raises(MoodsUnreadable):
        moods.read()
    with pytest.raises(RegistryUnavailable, match="it answered 500"):
        ask("heads", GOOD)
    moods.change({"insolvency": "down"})
    assert moods.read()["insolvency"] == "down"


def test_the_demonstration_has_the_registries_of_the_check(reference_data: ReferenceData) -> None:
    named = json.loads(demo.REGISTRIES.read_bytes())
    assert named == registry_names(reference_data.table("fk_b03/eligibility"))
    enterprises = json.loads(demo.ENTERPRISES.read_bytes())
    assert {name for held in enterprises.values() for name in held} <= set(named)
