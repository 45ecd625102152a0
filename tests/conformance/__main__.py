"""Runs a conformance suite and prints its score: one line of JSON on standard output.

    python -m tests.conformance dmn_tck FOLDER [-v] [--against CSV]

`dmn_tck` is the DMN Technology Compatibility Kit: FOLDER is the kit, a level of it or one test's
folder. With -v every failure is told on standard error. Ends with 0 when the suite was run,
whatever its score, and with 2 when there is nothing to run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.conformance.dmn_tck.cases import KitMissing, find_test_files
from tests.conformance.dmn_tck.report import read_results_of_camunda, summary, told
from tests.conformance.dmn_tck.running import run

NOTHING_TO_RUN = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        files = find_test_files(asked.folder)
        of_camunda = read_results_of_camunda(asked.against) if asked.against else None
    except KitMissing as missing:
        print(missing, file=sys.stderr)
        return NOTHING_TO_RUN
    verdicts = [verdict for file in files for verdict in run(file)]
    if asked.verbose:
        for line in told(verdicts, of_camunda):
            print(line, file=sys.stderr)
    print(json.dumps(summary(verdicts, of_camunda), ensure_ascii=False))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("suite", choices=["dmn_tck"])
    parser.add_argument("folder", type=Path, help="where the suite's files are")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell every failure")
    parser.add_argument(
        "--against", type=Path, metavar="CSV", help="Camunda's results, to count what it passes"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
