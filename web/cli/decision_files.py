"""One `.dmn` file named at the terminal, with those beside it that it may import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.decisions import DECISIONS
from engine.decisions.files import read_files
from web.cli.failure import Failure
from web.configuration import Configuration


def beside(path: Path, configuration: Configuration) -> tuple[str, dict[str, bytes]]:
    """The name of the file, and all `.dmn` files by their names.

    Below the folder of diagrams these are all that are there, as in a deployment; elsewhere those
    in the same folder. Raises Failure for a file of another kind.
    """
    if path.suffix != DECISIONS:
        raise Failure(f"{path} holds no decisions: give a {DECISIONS} file")
    file, folder = path.resolve(), configuration.diagrams.resolve()
    pattern = f"**/*{DECISIONS}"
    if not file.is_relative_to(folder):
        folder, pattern = file.parent, f"*{DECISIONS}"
    found = [each for each in sorted(folder.glob(pattern)) if each.is_file()]
    return file.relative_to(folder).as_posix(), {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in found
    }


def imported(name: str, resources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The file and those of the others that it imports, by their names."""
    files, _problems = read_files(resources)
    models = files[name].models if name in files else ()
    names = [other for other in files if any(files[other].model is model for model in models)]
    return {other: resources[other] for other in (names or [name])}
