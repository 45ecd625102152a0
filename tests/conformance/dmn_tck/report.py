"""The score of a run, and its failures, also beside what Camunda reports of itself."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.dmn_tck.cases import KitMissing
from tests.conformance.dmn_tck.running import Verdict

CaseName = tuple[str, str]
"""The test file's name without its ending, and the id of the case in it."""

_COLUMNS = 4
_SUCCESS = "SUCCESS"


@dataclass(frozen=True, slots=True)
class ResultsOfCamunda:
    """The cases that Camunda passes, of its results file: folder, test file, case, result."""

    passed: frozenset[CaseName]

    def missed(self, verdicts: Sequence[Verdict]) -> list[Verdict]:
        """What Camunda passes and we do not."""
        return [
            verdict
            for verdict in verdicts
            if not verdict.has_passed and not verdict.left_out and _name(verdict) in self.passed
        ]

    def passed_of(self, verdicts: Sequence[Verdict]) -> int:
        """How many of the cases that were run Camunda passes."""
        return sum(_name(verdict) in self.passed for verdict in verdicts if not verdict.left_out)


def read_results_of_camunda(path: Path) -> ResultsOfCamunda:
    """Reads a results file in the form that the kit publishes. Raises KitMissing."""
    if not path.is_file():
        raise KitMissing(f"Expected a file with Camunda's results, but {path} is not there")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) >= _COLUMNS]
    return ResultsOfCamunda(
        frozenset((test, case) for _, test, case, result, *_ in rows if result == _SUCCESS)
    )


def summary(
    verdicts: Sequence[Verdict], of_camunda: ResultsOfCamunda | None = None
) -> dict[str, object]:
    """The score: all cases, those whose expected value is not null, both for each level too."""
    levels = sorted({verdict.file.level for verdict in verdicts})
    found: dict[str, object] = {
        "suite": "dmn_tck",
        **_score(verdicts),
        "left_out": dict(Counter(verdict.left_out for verdict in verdicts if verdict.left_out)),
        "levels": {
            level: _score([verdict for verdict in verdicts if verdict.file.level == level])
            for level in levels
        },
    }
    if of_camunda:
        found["camunda_passed"] = of_camunda.passed_of(verdicts)
        found["camunda_passed_we_do_not"] = len(of_camunda.missed(verdicts))
    return found


def told(verdicts: Sequence[Verdict], of_camunda: ResultsOfCamunda | None = None) -> Iterator[str]:
    """A line for every failure: test file, case, result node, what was expected and found."""
    missed = {_name(verdict) for verdict in of_camunda.missed(verdicts)} if of_camunda else set()
    for verdict in verdicts:
        if verdict.failure:
            mark = " [Camunda passes]" if _name(verdict) in missed else ""
            node = f" {verdict.failure.node}" if verdict.failure.node else ""
            case = f"{verdict.file.path.stem} {verdict.case.id}{node}"
            yield f"{case}: {verdict.failure.reason}{mark}"


def _score(verdicts: Sequence[Verdict]) -> Mapping[str, int]:
    run = [verdict for verdict in verdicts if not verdict.left_out]
    nonnull = [verdict for verdict in run if verdict.case.is_nonnull]
    return {
        "passed": sum(verdict.has_passed for verdict in run),
        "total": len(run),
        "nonnull_passed": sum(verdict.has_passed for verdict in nonnull),
        "nonnull_total": len(nonnull),
    }


def _name(verdict: Verdict) -> CaseName:
    return verdict.file.path.stem, verdict.case.id
