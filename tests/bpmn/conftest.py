"""The files of FK-B.03, as the tests of this folder read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

HOME = Path(__file__).parents[2] / "bpmn"


@pytest.fixture(scope="session")
def home() -> Path:
    """The folder of FK-B.03's own files."""
    return HOME / "fk_b03"


@pytest.fixture(scope="session")
def definitions() -> etree._Element:
    """The diagram's root element."""
    return etree.parse(HOME / "fk_b03.bpmn").getroot()
