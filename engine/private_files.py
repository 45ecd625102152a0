"""Files that hold secrets: written as a whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_private(path: Path, data: bytes) -> None:
    """Replaces a file in one go; a process killed meanwhile leaves the old one."""
    _written_beside(path, data).replace(path)


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes of a file, made the first time; of two processes that make them, one wins."""
    if not path.exists():
        fresh = _written_beside(path, make())
        try:
            os.link(fresh, path)
        except FileExistsError:
            return path.read_bytes()
        finally:
            fresh.unlink()
    return path.read_bytes()


def _written_beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
