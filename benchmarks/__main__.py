"""Prints the figures: counts, bytes and ratios, all from one run.

    python -m benchmarks [--quick] [FIGURE ...]

Times are CPU times of this process, medians of rounds in which the sides take turns; of pages, the
time until the answer is there. They say something beside each other, not by themselves.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import cost, pages, state_size, statements, throughput

_ROOT = Path(__file__).parents[1]

Report = Callable[[Path, bool], Iterator[str]]


def _module(name: str, quick_arguments: Sequence[str]) -> Report:
    """A figure that is a program of its own."""

    def report(_folder: Path, quick: bool) -> Iterator[str]:
        command = [sys.executable, "-m", name, *(quick_arguments if quick else ())]
        found = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True)
        yield from found.stdout.splitlines()

    return report


FIGURES: Mapping[str, tuple[str, Report]] = {
    "statements": ("Commits and statements", statements.report),
    "state": ("Token state", state_size.report),
    "token_step": ("A step of the tokens", _module("benchmarks.token_step", ["2"])),
    "cost": ("CPU per completed user task", cost.report),
    "task_list": (
        "The group's task list",
        _module("benchmarks.task_list", ["--instances", "50", "100", "--open", "100"]),
    ),
    "feel": ("Expressions and decision tables", _module("benchmarks.feel", ["1"])),
    "throughput": ("Throughput", throughput.report),
    "pages": ("Pages beside an empty Flask page", pages.report),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures that are asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument("--quick", action="store_true", help="a tiny run, to see that it runs")
    asked = parser.parse_args(arguments)
    unknown = set(asked.figures) - FIGURES.keys()
    if unknown:
        parser.error(f"expected of {', '.join(FIGURES)}, but found {', '.join(sorted(unknown))}")
    for name in asked.figures or FIGURES:
        title, report = FIGURES[name]
        print(f"\n{title}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for line in report(Path(folder), asked.quick):
                print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
