"""What the documents say of files and commands is there."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import click
import pytest

from tests.support.markdown import ROOT, codes, document
from web.cli import main

DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "engine/*.md", "bpmn/**/*.md", "licences/*.md")
    for path in ROOT.glob(pattern)
)
EXTERNAL = ("http:", "https:", "mailto:")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_and_headings(name: str) -> None:
    text = document(name)
    own = [link for link in text.links if not link.startswith(EXTERNAL)]
    assert [link for link in own if not leads_somewhere(text.path, link)] == []


def leads_somewhere(place: Path, link: str) -> bool:
    """Whether a relative link in a document leads to a file, and to a heading if it names one."""
    target, _, anchor = link.partition("#")
    path = (place.parent / target).resolve() if target else place
    if not path.exists():
        return False
    return not anchor or anchor in document(str(path.relative_to(ROOT))).anchors


def commands(group: click.Group, prefix: str = "") -> set[str]:
    """Every command of the program, by its words."""
    found: set[str] = set()
    for name, command in group.commands.items():
        words = f"{prefix}{name}"
        found |= commands(command, f"{words} ") if isinstance(command, click.Group) else {words}
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_that_are_named_exist(name: str) -> None:
    text = document(name)
    known = commands(main)
    named = [*codes(text.prose), *"\n".join(block.text for block in text.blocks).splitlines()]
    unknown = []
    for line in named:
        called = re.match(r"(?:[A-Z_]+=\S+ )?qadam(?: -\w+)* ([a-z][a-z-]*)(?: ([a-z-]+))?", line)
        if called and not known & {called[1], f"{called[1]} {called[2]}"}:
            unknown.append(line)
    assert unknown == []


def test_every_command_is_in_the_readme() -> None:
    listed = {
        " ".join(re.findall(r"(?<!\S)[a-z][a-z-]*", code.removeprefix("qadam ")))
        for row in document("README.md").rows("The command line")
        for code in codes(row[0])
    }
    assert listed == commands(main) - {"demo"}


def modules(room: Path) -> set[str]:
    """The modules and rooms directly in a room."""
    return {
        path.name
        for path in room.iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    }


def test_the_map_of_the_rooms_has_every_room() -> None:
    engine = ROOT / "engine"
    linked = {link.rstrip("/") for link in document("engine/README.md").links}
    rooms = [path for path in engine.iterdir() if path.is_dir() and path.name != "__pycache__"]
    there = modules(engine) | {
        f"{room.name}/{module}" for room in rooms for module in modules(room)
    }
    entered = {link.partition("/")[0] for link in linked if "/" in link}
    unmarked = {"store/__init__.py", "juel"}
    assert sorted(there - linked - entered - unmarked) == []


def test_the_stair_is_the_one_that_is_kept() -> None:
    kept = configparser.ConfigParser()
    kept.read(ROOT / ".importlinter", encoding="utf-8")
    layers = kept["importlinter:contract:stair"]["layers"].replace("engine.", "")
    told = document("engine/README.md").section("The import stair")
    (stair,) = re.findall(r"```\n(.*?)```", told, re.DOTALL)
    assert stair.split() == layers.split()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_its_licence(name: str) -> None:
    packages = re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    text = document("licences/README.md").text
    assert [package for package in packages if not re.search(rf"\b{package}\b", text)] == []


def test_every_bundled_package_has_its_licence() -> None:
    bundled = (ROOT / "web/static/vendor/licences.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^(\S+) \d+\.\d+\.\d+ \(", bundled, re.MULTILINE)
    text = document("licences/README.md").section("What is shipped")
    assert packages
    assert [package for package in packages if package not in text] == []
