"""The office of FK-B.03, and what of its diagram the tests took."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.fk_b03 import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office on a database of its own, on the second of March 2026."""
    opened = Office(tmp_path)
    yield opened
    opened.close()
