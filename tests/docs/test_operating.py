"""docs/operating.md tells every setting that is read, and no other."""

from __future__ import annotations

import re

from tests.support.markdown import ROOT, codes, document

TEXT = document("docs/operating.md")
SETTING = re.compile(r"\b(?:QADAM_[A-Z_]+|EDS_MODE)\b")


def test_every_setting_is_told() -> None:
    told = {code for row in TEXT.rows("Settings") for code in codes(row[0])}
    read = {
        name
        for room in ("web", "handlers", "engine")
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(
            r"[\"'](QADAM_[A-Z_]+|EDS_MODE)[\"']", path.read_text(encoding="utf-8")
        )
        if not name.endswith("_")
    }
    assert told == read


def test_no_setting_is_named_that_is_not_in_the_table() -> None:
    told = {code for row in TEXT.rows("Settings") for code in codes(row[0])}
    for name in ("README.md", "docs/operating.md", "docs/handlers.md", "docs/diagrams.md"):
        assert set(SETTING.findall(document(name).text)) <= told, name
