"""What people do wrongly in a browser, in Kazakh and in Russian: it is said, and nothing is lost.

Wrong signatures and NCALayer's troubles are in `test_signing`, presses that come twice in
`test_mishaps`, a window that closes in `test_settings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import StorageState

from engine.commands import SaveTaskDraft
from tests.browser.qadam import Qadam
from tests.browser.visit import Visit
from tests.processes.fk_b03 import ANSWERS, BIN, Office
from tests.support.ncalayer import CANCELLED, NcaLayer

BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1"}
SMALL = "150140000022"
START = "/cabinet/start/fk_b03"
WELDER = {"professional_area": "construction", "profession": "welder"}


@dataclass(frozen=True)
class Counter:
    """A served installation, the tasks that wait in it, and what stands for NCALayer."""

    qadam: Qadam
    ncalayer: NcaLayer
    task: dict[str, str]


@pytest.fixture(name="counter", scope="package")
def _counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("bad-input")
    office = Office(folder / "data")
    office.clock.now = datetime.now(UTC) - timedelta(hours=1)
    task = Preparing(office).tasks()
    office.close()
    ncalayer = NcaLayer(folder)
    qadam = Qadam(folder / "data", {"QADAM_NCALAYER_URL": ncalayer.address}).serve()
    yield Counter(qadam, ncalayer, task)
    qadam.end()
    ncalayer.end()


class Preparing:
    """Brings applications where the tests begin."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def tasks(self) -> dict[str, str]:
        """Task ids by name."""
        taken = self._case("fill_details", bin=SMALL)
        self._office.do(taken, "fill_application", profession="storekeeper", places=2)
        late = self._case("fill_details", bin=SMALL)
        self._office.do(late, "fill_application", places=2)
        self._office.do(taken, "sign_application")
        named = {"places gone": self._task(late, "sign_application")}
        for name in ("details", "session kk", "session ru", "stale kk", "stale ru"):
            named[name] = self._task(self._case(), "fill_details")
        named["application"] = self._task(self._case("fill_details"), "fill_application")
        named["profession"] = self._task(self._case("fill_details"), "fill_application")
        self._office.engine.execute(
            SaveTaskDraft(named["profession"], ANSWERS["fill_application"]),
            self._office.person("employer-1").actor,
        )
        named |= self._for_one_profession()
        signed = self._case("fill_details")
        self._office.do(signed, "fill_application", places=1)
        named["sign"] = self._task(signed, "sign_application")
        return named

    def _for_one_profession(self) -> dict[str, str]:
        """A task of 1.2 and one of 1.4, while another application for the profession is sent."""
        sent, filled_in = (self._case("fill_details") for _ in range(2))
        for case in (sent, filled_in):
            self._office.do(case, "fill_application", **WELDER, places=1)
        self._office.do(sent, "sign_application")
        return {
            "profession taken": self._task(self._case("fill_details"), "fill_application"),
            "profession gone": self._task(filled_in, "sign_application"),
        }

    def _case(self, *elements: str, bin: str = BIN) -> str:
        case = self._office.start(financial_year=self._office.clock.now.year, bin=bin)
        self._office.walk(case, *elements)
        return case

    def _task(self, case: str, element: str) -> str:
        return str(self._office.task(case, element)[1].id)


@pytest.fixture(name="known", scope="package")
def _known() -> dict[str, StorageState]:
    """What the browsers of the employer keep after signing in, by language."""
    return {}


@pytest.fixture(name="at")
def _at(
    counter: Counter, visit: Callable[..., Visit], known: dict[str, StorageState]
) -> Callable[..., Visit]:
    """Seats the employer: `at("kk")`."""
    counter.ncalayer.asked.clear()
    counter.ncalayer.answer = lambda _args: CANCELLED

    def sit(language: str, **how: object) -> Visit:
        address = counter.qadam.address
        if language in known:
            return visit(address, language, state=known[language], **how)
        employer = visit(address, language, **how).sign_in(EMPLOYER[language])
        known[language] = employer.context.storage_state()
        return employer

    return sit
