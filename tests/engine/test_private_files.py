"""Files that hold secrets: whole or not there, for their owner only, made once."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.private_files import kept, write_private


def test_a_file_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "below" / "key"
    assert kept(path, lambda: b"first") == b"first"
    assert kept(path, lambda: b"second") == b"first"
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_of_two_that_make_it_at_once_one_wins(tmp_path: Path) -> None:
    ready = threading.Barrier(8)

    def content() -> bytes:
        ready.wait()
        return str(threading.get_ident()).encode()

    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(kept, tmp_path / "key", content) for _ in range(8)]
    assert len({each.result() for each in made}) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "key"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    write_private(path, b"old")

    def fail(_handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
