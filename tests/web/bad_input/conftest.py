"""An office of FK-B.03 for each file: what is refused changes nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.processes.fk_b03 import Office


@pytest.fixture(name="office", scope="module")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = Office(tmp_path_factory.mktemp("bad-input"))
    yield opened
    opened.close()


@pytest.fixture(name="details", scope="module")
def _details(office: Office) -> str:
    """The address of a task that asks for the enterprise's details."""
    return address(office, office.start(), "fill_details")


def address(office: Office, case: str, element: str) -> str:
    """The address of an open task."""
    return f"/tasks/{office.task(case, element)[1].id}"
