"""The labour market system as a file of JSON lines."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from handlers.shared.http import Limits
from handlers.shared.labour_market import (
    FileLabourMarket,
    HttpLabourMarket,
    LabourMarketUnavailable,
)


@pytest.fixture
def market(tmp_path: Path) -> FileLabourMarket:
    return FileLabourMarket(tmp_path / "market" / "entries.jsonl")


def test_an_entry_is_made_once_per_key(market: FileLabourMarket) -> None:
    market.register({"id": "V-1", "title": "Аспаз"}, "key-1")
    market.register({"id": "V-1", "title": "Аспаз"}, "key-1")
    market.close("V-1", "filled", "key-2")
    assert [(entry["key"], entry["action"]) for entry in market.entries()] == [
        ("key-1", "register"),
        ("key-2", "close"),
    ]
    assert market.entries()[0]["vacancy"] == {"id": "V-1", "title": "Аспаз"}


def test_a_line_cut_off_by_a_crash_is_removed(market: FileLabourMarket, tmp_path: Path) -> None:
    market.register({"id": "V-1"}, "key-1")
    path = tmp_path / "market" / "entries.jsonl"
    path.write_bytes(path.read_bytes() + b'{"key": "key-2", "acti')
    assert len(market.entries()) == 1
    market.register({"id": "V-2"}, "key-2")
    assert [entry["key"] for entry in market.entries()] == ["key-1", "key-2"]


def test_a_file_of_one_cut_off_line_starts_anew(market: FileLabourMarket, tmp_path: Path) -> None:
    (tmp_path / "market").mkdir()
    (tmp_path / "market" / "entries.jsonl").write_bytes(b'{"key')
    market.register({"id": "V-1"}, "key-1")
    assert [entry["key"] for entry in market.entries()] == ["key-1"]


def test_parallel_tries_of_one_job_make_one_entry(
    market: FileLabourMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = FileLabourMarket.entries

    def read_slowly(self: FileLabourMarket) -> list[dict[str, Any]]:
        entries = read(self)
        time.sleep(0.01)
        return entries

    monkeypatch.setattr(FileLabourMarket, "entries", read_slowly)
    with ThreadPoolExecutor(4) as threads:
        for key in ["a", "b"] * 4:
            threads.submit(market.register, {"id": key}, key)
    assert sorted(entry["key"] for entry in market.entries()) == ["a", "b"]


def test_a_file_that_can_t_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LabourMarketUnavailable):
        FileLabourMarket(tmp_path / "file" / "entries.jsonl").register({"id": "V"}, "key")


def test_http_without_an_answer_is_unavailable() -> None:
    with pytest.raises(LabourMarketUnavailable, match="take an entry"):
        HttpLabourMarket("http://127.0.0.1:9", limits=Limits(connect=1)).register(
            {"id": "V-1/2"}, "key"
        )
