"""Test files of the kit (`*-test-*.xml`, testCases.xsd, any version of its namespace)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from lxml import etree

from tests.conformance.dmn_tck.values import UnreadableValue, local_name, read_content

PATTERN = "*-test-*.xml"
KINDS = ("decision", "decisionService", "bkm")

Kind = Literal["decision", "decisionService", "bkm"]


class KitMissing(Exception):
    """There is nothing to run; the sentence says where it was looked for."""


class UnreadableFile(Exception):
    """The file is not a test file of the kit."""


@dataclass(frozen=True, slots=True)
class ExpectedResult:
    """A result node: what the decision `name` must be. `is_error`: null, and told why."""

    name: str
    value: object
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One `testCase`. `called` is the service or knowledge model that it invokes, if it does.

    `unreadable` says why the case can't be run as it is written.
    """

    id: str
    kind: Kind
    called: str | None
    inputs: Mapping[str, object]
    expected: tuple[ExpectedResult, ...]
    unreadable: str | None = None

    @property
    def is_nonnull(self) -> bool:
        """An engine that always answers null does not pass it."""
        return any(result.value is not None for result in self.expected)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A test file; its model lies beside it. `model` None: the file names none."""

    path: Path
    model: Path | None
    cases: tuple[Case, ...] = field(default=())

    @property
    def level(self) -> str:
        """The folder named like `compliance-level-2` that it is in, else its own folder."""
        folders = [parent.name for parent in self.path.absolute().parents]
        return next((name for name in folders if "level" in name), folders[0])


def find_test_files(folder: Path) -> list[Path]:
    """The test files in a folder and those in it, in order of their paths. Raises KitMissing."""
    if not folder.is_dir():
        raise KitMissing(f"Expected a folder with tests of the DMN TCK, but {folder} is not there")
    found = sorted(folder.rglob(PATTERN))
    if not found:
        raise KitMissing(f"Expected files named {PATTERN} in {folder}, but there is none")
    return found


def read_test_file(path: Path) -> CaseFile:
    """The cases of a test file. Raises UnreadableFile."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"Expected well-formed XML, but: {error.msg}") from None
    if local_name(root) != "testCases":
        raise UnreadableFile(f"Expected testCases, but found {root.tag}")
    model_name = (root.findtext("{*}modelName") or "").strip()
    return CaseFile(
        path=path,
        model=path.parent / model_name if model_name else None,
        cases=tuple(
            _read_case(element, number)
            for number, element in enumerate(root.iterfind("{*}testCase"), start=1)
        ),
    )


def _read_case(element: etree._Element, number: int) -> Case:
    kind = element.get("type", "decision")
    unreadable = None if kind in KINDS else f"Expected one of {', '.join(KINDS)}, but found {kind}"
    inputs: Mapping[str, object] = {}
    expected: tuple[ExpectedResult, ...] = ()
    try:
        inputs = {
            node.get("name", ""): read_content(node) for node in element.iterfind("{*}inputNode")
        }
        expected = tuple(_read_result(node) for node in element.iterfind("{*}resultNode"))
    except UnreadableValue as error:
        unreadable = str(error)
    if not expected:
        unreadable = unreadable or "Expected a result node, but there is none"
    return Case(
        id=element.get("id", f"no id, case {number} of the file"),
        kind=cast(Kind, kind),
        called=element.get("invocableName"),
        inputs=inputs,
        expected=expected,
        unreadable=unreadable,
    )


def _read_result(node: etree._Element) -> ExpectedResult:
    expected = node.find("{*}expected")
    if expected is None:
        raise UnreadableValue("Expected the element expected in a result node")
    return ExpectedResult(
        name=node.get("name", ""),
        value=read_content(expected, node.get("cast")),
        is_error=node.get("errorResult", "false").strip() in {"true", "1"},
    )
