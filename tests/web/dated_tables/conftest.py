"""The settings over a real installation: FK-B.03's own tables, on the second of March 2026."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.processes.fk_b03 import Office


@pytest.fixture
def app(office: Office) -> Flask:
    return office.installation.web()
