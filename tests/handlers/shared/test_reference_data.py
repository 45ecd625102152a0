"""Files beside the diagrams, as handlers see them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.shared.reference_data import ReferenceData, ReferenceDataMissing

ROWS = b'{"rows": [{"key": "a", "from": "2026-01-01", "value": %d}]}'


def test_a_table_is_read_anew_when_its_file_changes(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    (tmp_path / "key" / "table.json").write_bytes(ROWS % 1)
    data = ReferenceData.from_directory(tmp_path)
    assert data.table("key/table").value("a", date(2026, 1, 1)) == 1
    (tmp_path / "key" / "table.json").write_bytes(ROWS % 2)
    assert data.table("key/table").value("a", date(2026, 1, 1)) == 2


def test_nothing_outside_the_directory_is_read(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.json").write_bytes(ROWS % 1)
    data = ReferenceData.from_directory(tmp_path / "inside")
    with pytest.raises(ReferenceDataMissing, match=r"\.\./secret\.json"):
        data.table("../secret")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ReferenceDataMissing, match="fk_b03/none.json"):
        ReferenceData.from_resources({}).table("fk_b03/none")


def test_an_overlay_stands_in_the_stead_of_single_files() -> None:
    base = ReferenceData.from_resources({"a.json": ROWS % 1, "b.json": ROWS % 1})
    over = base.overlaid(ReferenceData.from_resources({"b.json": ROWS % 2}))
    day = date(2026, 1, 1)
    assert (over.table("a").value("a", day), over.table("b").value("a", day)) == (1, 2)


def test_a_choice_is_named_by_its_form() -> None:
    label = {"kk": "Аспаз", "ru": "Повар", "en": "Cook"}
    form = {"properties": {"profession": {"oneOf": [{"const": "cook", "x-label": label}]}}}
    data = ReferenceData.from_resources({"f.json": json.dumps(form).encode()})
    assert data.option_label("f.json", "profession", "cook") == label
    assert data.option_label("f.json", "profession", "x")["kk"] == "x"
    assert data.option_label("f.json", "unknown", 5)["en"] == "5"


class InForce:
    """Tables as staff edited them: the connection on which they were read, as their value."""

    def __call__(self, name: str, connection: Any | None = None) -> bytes | None:
        if name != "a":
            return None
        value = 8 if connection is None else 9
        return ROWS % value


def test_a_table_is_the_one_that_holds_and_a_file_is_the_file() -> None:
    files = ReferenceData.from_resources({"a.json": ROWS % 1, "b.json": ROWS % 1})
    data = files.edited(InForce())
    assert data.table("a").rows[0].value == 8
    assert data.table("b").rows[0].value == 1
    assert data.file("a.json") == ROWS % 1
    assert files.table("a").rows[0].value == 1


def test_a_transaction_reads_tables_on_its_own_connection() -> None:
    data = ReferenceData.from_resources({"a.json": ROWS % 1}).edited(InForce())
    assert data.within(object()).table("a").rows[0].value == 9
    assert data.overlaid(ReferenceData.from_resources({})).table("a").rows[0].value == 8
