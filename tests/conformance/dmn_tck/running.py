"""Runs the cases of a test file on the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from engine.dmn.decisions import Decisions, Outcome, compile_models
from engine.dmn.model import Model
from engine.dmn.reading import read_model
from engine.feel.feel import clock_functions
from tests.conformance.dmn_tck.cases import (
    Case,
    CaseFile,
    ExpectedResult,
    UnreadableFile,
    read_test_file,
)
from tests.conformance.dmn_tck.comparing import difference, shown

LEFT_OUT = ("0076-feel-external-java",)
"""Tests whose functions are Java's, which this engine does not have: counted apart."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a case did not pass; `node` is the result node, empty where it is about the whole."""

    reason: str
    node: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a case. `left_out`: the test that it belongs to was not run."""

    file: CaseFile
    case: Case
    failure: Failure | None
    left_out: str | None = None

    @property
    def has_passed(self) -> bool:
        return self.failure is None and self.left_out is None


def run(path: Path) -> list[Verdict]:
    """The verdict on every case of a test file; a file that can't be read is one failed case."""
    try:
        file = read_test_file(path)
    except UnreadableFile as unreadable:
        case = Case("the whole file", "decision", None, {}, ())
        return [Verdict(CaseFile(path, None), case, Failure(str(unreadable)))]
    left_out = next((test for test in LEFT_OUT if path.name.startswith(f"{test}-")), None)
    if left_out:
        return [Verdict(file, case, None, left_out) for case in file.cases]
    preparing = _Attempt()
    with preparing:
        bench = _Bench.of(file)
        return [Verdict(file, case, bench.judge(case)) for case in file.cases]
    return [Verdict(file, case, Failure(preparing.reason)) for case in file.cases]


class _Attempt(AbstractContextManager["_Attempt"]):
    """Ends quietly with any error; `reason` tells of it. A conformance run outlives every case."""

    reason = ""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.reason = f"{type(error).__name__}: {error}"
        return True


@dataclass(frozen=True, slots=True)
class _Bench:
    """A model, compiled, with the models that it imports."""

    model: Model
    decisions: Decisions

    @classmethod
    def of(cls, file: CaseFile) -> _Bench:
        """Raises what reading and compiling raise."""
        if file.model is None or not file.model.is_file():
            raise UnreadableFile(f"Expected a model beside the test, but {file.model} is not there")
        models = _with_imports(file.model)
        return cls(models[0], compile_models(models, tolerant=True))

    def judge(self, case: Case) -> Failure | None:
        if case.unreadable:
            return Failure(case.unreadable)
        failures = (self._judge_result(case, expected) for expected in case.expected)
        return next((failure for failure in failures if failure), None)

    def _judge_result(self, case: Case, expected: ExpectedResult) -> Failure | None:
        attempt = _Attempt()
        with attempt:
            outcome = self._outcome(case, expected)
            reason = difference(expected.value, self._result(case, expected, outcome.value))
            warnings = "; ".join(notice.reason for notice in outcome.warnings[:3])
            if reason:
                return Failure(f"{reason} ({warnings or 'no warning'})", expected.name)
            if expected.is_error and not outcome.warnings:
                value = shown(expected.value)
                return Failure(f"expected a reason for {value}, but found none", expected.name)
            return None
        return Failure(attempt.reason, expected.name)

    def _outcome(self, case: Case, expected: ExpectedResult) -> Outcome:
        clock = clock_functions(datetime.now(UTC))
        if case.kind == "decision":
            name = f"{self.model.namespace}#{expected.name}"
            return self.decisions.evaluate(name, case.inputs, clock, raw=True)
        name = f"{self.model.namespace}#{case.called or expected.name}"
        return self.decisions.call(name, case.inputs, clock, raw=True)

    def _result(self, case: Case, expected: ExpectedResult, value: object) -> object:
        """Of a service with several output decisions: the one that the result node names."""
        called = (service for service in self.model.services if service.name == case.called)
        is_one_of_several = any(len(service.output_decisions) > 1 for service in called)
        if is_one_of_several and isinstance(value, dict):
            return value.get(expected.name)
        return value


def _with_imports(path: Path) -> Sequence[Model]:
    """The model of a file, then those in its folder that it imports, and that they import."""
    model = read_model(path.read_bytes(), path.name)
    wanted = [imported.namespace for imported in model.imports]
    if not wanted:
        return [model]
    others = {other.namespace: other for other in _others(path)}
    found = {model.namespace: model}
    while wanted:
        namespace = wanted.pop()
        if namespace in others and namespace not in found:
            found[namespace] = others[namespace]
            wanted += [imported.namespace for imported in others[namespace].imports]
    return list(found.values())


def _others(path: Path) -> Iterator[Model]:
    """The readable models beside a file."""
    for other in sorted(path.parent.glob("*.dmn")):
        if other != path:
            with _Attempt():
                yield read_model(other.read_bytes(), other.name)
