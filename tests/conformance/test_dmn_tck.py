"""The engine against the DMN Technology Compatibility Kit, where it lies beside the project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conformance.dmn_tck.cases import find_test_files
from tests.conformance.dmn_tck.report import read_results_of_camunda, summary, told
from tests.conformance.dmn_tck.running import Verdict, run

KIT = Path(__file__).parents[3] / "shared" / "conformance" / "dmn_tck"
RESULTS_OF_CAMUNDA = KIT / "camunda_7.21_results.csv"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not KIT.is_dir(), reason=f"the DMN TCK is not beside the project: {KIT} is missing"
    ),
]


@pytest.fixture(scope="module")
def verdicts() -> Sequence[Verdict]:
    return [verdict for path in find_test_files(KIT) for verdict in run(path)]


def _failures(verdicts: Sequence[Verdict], level: str) -> list[str]:
    return list(told([each for each in verdicts if each.file.level == level]))


def _level(verdicts: Sequence[Verdict], level: str) -> dict[str, int]:
    levels = summary(verdicts)["levels"]
    assert isinstance(levels, dict)
    found: dict[str, int] = levels[level]
    return found


def test_level_2_passes_whole(verdicts: Sequence[Verdict]) -> None:
    score = _level(verdicts, "compliance-level-2")
    assert (score["total"], score["nonnull_total"]) == (116, 105)
    assert not _failures(verdicts, "compliance-level-2")


def test_level_3_passes_almost_whole(verdicts: Sequence[Verdict]) -> None:
    score = _level(verdicts, "compliance-level-3")
    passed = score["nonnull_passed"] / score["nonnull_total"]
    assert passed >= 0.98, _failures(verdicts, "compliance-level-3")


def test_what_camunda_passes_we_pass(verdicts: Sequence[Verdict]) -> None:
    of_camunda = read_results_of_camunda(RESULTS_OF_CAMUNDA)
    assert of_camunda.passed_of(verdicts) > 1000
    assert not list(told(of_camunda.missed(verdicts)))
