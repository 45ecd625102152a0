"""One `.dmn` file named at the terminal, with those beside it that it may import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.decisions import DECISIONS
from engine.decisions.files import read_files
from engine.problems import Wording
from web.cli.failure import Failure
from web.configuration import Configuration

_NO_DECISIONS = Wording(
    en="{path} holds no decisions: give a {ending} file",
    ru="в {path} нет решений: укажите файл {ending}",
    kk="{path} ішінде шешім жоқ: {ending} файлын көрсетіңіз",
)


def beside(path: Path, configuration: Configuration, language: str) -> tuple[str, dict[str, bytes]]:
    """The name of the file, and all `.dmn` files by their names.

    Below the folder of diagrams these are all that are there, as in a deployment; elsewhere those
    in the same folder. Raises Failure for a file of another kind.
    """
    if path.suffix != DECISIONS:
        raise Failure(_NO_DECISIONS.fill({"path": path, "ending": DECISIONS})[language])
    file, folder = path.resolve(), configuration.diagrams.resolve()
    pattern = f"**/*{DECISIONS}"
    if not file.is_relative_to(folder):
        folder, pattern = file.parent, f"*{DECISIONS}"
    found = [each for each in sorted(folder.glob(pattern)) if each.is_file()]
    return file.relative_to(folder).as_posix(), {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in found
    }


def imported(name: str, resources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The file and those of the others that it imports, by their names.

    Of those that can't be read the ones that have a namespace which nothing else has.
    """
    files, _problems = read_files(resources)
    models = files[name].models if name in files else ()
    names = [other for other in files if any(files[other].model is model for model in models)]
    found = {model.namespace for model in models}
    missing = {each.namespace for model in models for each in model.imports} - found
    unread = [
        other
        for other, content in resources.items()
        if other.endswith(DECISIONS)
        and other not in files
        and any(namespace.encode() in content for namespace in missing)
    ]
    return {other: resources[other] for other in (*(names or [name]), *unread)}
