"""How long the pages take that people wait for, beside an empty Flask page in the same run.

    python -m benchmarks.pages [--quick]

Qadam is served by `qadam serve` with a year's data, the empty page by the same server with the
same settings. One client alone, then eight at the same time, each a closed loop; page and empty
page take turns, a few requests each, so that what else the machine does meets both. The servers'
CPU is told too: it is the same on a machine that has much else to do.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from pathlib import Path
from statistics import median

from benchmarks import filling
from benchmarks.browsing import Clients, Request, Session, clients, sign_in
from benchmarks.counting import counted
from benchmarks.filling import Amount, Filled
from benchmarks.serving import Served, empty_page, qadam
from tests.processes.fk_b03 import DETAILS
from web.bootstrap import install
from web.configuration import read_configuration

AT_ONCE = 8
TURNS = 10
_SENT = "a form sent, its task completed"
AIM = 25
"""How many times an empty page a page may cost, in CPU, for a client alone."""

Ask = Callable[[], Request]


@dataclass(frozen=True)
class Size:
    """How much data there is, and how many requests a client makes of each page in a turn."""

    amount: Amount
    alone: int
    at_once: int

    @property
    def submitted(self) -> int:
        """How many forms are sent, with those that warm up."""
        return (self.alone + AT_ONCE * self.at_once) * TURNS + AT_ONCE + 1


YEAR = Size(Amount(own=60, others=940, to_submit=0), alone=10, at_once=4)
TINY = Size(Amount(own=4, others=4, to_submit=0), alone=1, at_once=1)


@dataclass(frozen=True)
class Page:
    """A page of a server; `ask` makes a request for it."""

    served: Served
    ask: Ask

    def asked_by(self, who: Clients, times: int) -> tuple[list[float], float]:
        """Every client asks so many times: the seconds of each, and of the server's CPU."""
        requests = [[self.ask() for _time in range(times)] for _client in range(len(who))]
        before = self.served.cpu()
        taken = who.ask(requests)
        return taken, self.served.cpu() - before


@dataclass
class Measured:
    """Seconds of a page, and of the empty page in its turns; `cpu` and `empty_cpu` are seconds of
    the servers' CPU for all of them."""

    page: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)
    cpu: float = 0.0
    empty_cpu: float = 0.0

    def words(self) -> str:
        """Ratios first."""
        return (
            f"CPU {self.cpu / self.empty_cpu:5.1f}, "
            f"median {median(self.page) / median(self.empty):5.1f}, "
            f"p99 {p99(self.page) / p99(self.empty):5.1f} times the empty page's; "
            f"{self.cpu / len(self.page) * 1000:5.1f}, {median(self.page) * 1000:6.1f} "
            f"and {p99(self.page) * 1000:6.1f} ms"
        )


def p99(taken: Sequence[float]) -> float:
    """The time within which 99 of 100 were answered."""
    return sorted(taken)[ceil(len(taken) * 0.99) - 1]


def main() -> None:
    """Fills, serves, asks, prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tiny run, to see that it runs")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        for line in report(Path(folder), quick):
            print(line, flush=True)


def report(folder: Path, quick: bool) -> Iterator[str]:
    """The figures in words."""
    size = TINY if quick else YEAR
    amount = Amount(size.amount.own, size.amount.others, size.submitted)
    filled = filling.fill(folder, amount)
    yield "with " + ", ".join(f"{number:,} {name}" for name, number in filled.rows.items())
    with (
        qadam(filling.environment(folder)) as served,
        empty_page() as empty,
        clients(1) as alone,
        clients(AT_ONCE) as together,
    ):
        nothing = partial(Request, empty.port, "/")
        for pages in (_pages(served.port, filled), {_SENT: _sending(served.port, filled)}):
            for who, asked, title in (
                (alone, size.alone, "one client alone"),
                (together, size.at_once, f"{AT_ONCE} clients at the same time"),
            ):
                number = asked * len(who) * TURNS
                yield f"{title}, {number} requests each (aim alone: CPU {AIM}):"
                for name, ask in pages.items():
                    measured = measure(who, Page(served, ask), Page(empty, nothing), asked)
                    yield f"    {name:34} {measured.words()}"


def statements(folder: Path, amount: Amount) -> dict[str, int]:
    """How many statements each page that is looked at takes, by its name."""
    filled = filling.fill(folder, amount)
    installation = install(read_configuration(filling.environment(folder)))
    app = installation.web()
    found = {}
    for name, (person, address) in _looked_at(filled).items():
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = person
        for _time in range(2):
            with counted(installation.engine.database.reader) as counts:
                answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"Expected {name} at {address}, but found {answer.status}")
        found[name] = counts.total
    installation.engine.close()
    return found


def measure(who: Clients, page: Page, empty: Page, asked: int) -> Measured:
    """Page and empty page in turns; each client asks so many times in a turn."""
    found = Measured()
    for each in (page, empty):
        each.asked_by(who, 1)
    for _turn in range(TURNS):
        taken, cpu = empty.asked_by(who, asked)
        found.empty.extend(taken)
        found.empty_cpu += cpu
        taken, cpu = page.asked_by(who, asked)
        found.page.extend(taken)
        found.cpu += cpu
    return found


def _looked_at(filled: Filled) -> dict[str, tuple[str, str]]:
    """The pages that people look at: who, and where."""
    employer, specialist = filling.OWN, filling.SPECIALIST
    return {
        "the cabinet's first page": (employer, "/cabinet/"),
        "an application": (employer, f"/cabinet/applications/{filled.reviewed}"),
        "its check": (employer, f"/cabinet/applications/{filled.checked}/check"),
        "the form of details": (employer, f"/tasks/{filled.details}"),
        "the form of the application": (employer, f"/tasks/{filled.form}"),
        "messages of an enterprise": (employer, "/cabinet/messages"),
        "task list of a specialist": (specialist, "/tasks/"),
        "cases of a centre": (specialist, "/instances/"),
        "a case with its steps": (specialist, f"/instances/{filled.reviewed}"),
        "its diagram": (specialist, f"/instances/diagrams/{filled.definition}.bpmn"),
        "messages of a centre": (specialist, "/messages/"),
    }


def _pages(served: int, filled: Filled) -> dict[str, Ask]:
    sessions = {person: sign_in(served, person) for person in (filling.OWN, filling.SPECIALIST)}

    def page(session: Session, address: str) -> Ask:
        return lambda: session.get(address)

    return {
        "sign-in page": lambda: Request(served, "/sign-in"),
        **{
            name: page(sessions[person], address)
            for name, (person, address) in _looked_at(filled).items()
        },
    }


def _sending(served: int, filled: Filled) -> Ask:
    """Sends the form of details, each time of another case. It comes last: what it leaves to be
    done by itself would be in the way of others."""
    busy = sign_in(served, filling.BUSY)
    unsent = iter(filled.to_submit)
    details = {name: str(value) for name, value in DETAILS.items()}
    return lambda: busy.press(f"/tasks/{next(unsent)}", details)


if __name__ == "__main__":
    main()
