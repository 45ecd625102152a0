"""What a command sends to the database: commits, statements, rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import fk_b03
from benchmarks.counting import CountingEngine, Counts, counted
from benchmarks.ours import Clock, Ours, open_deployed
from benchmarks.two_tasks import TwoTasks
from benchmarks.walking import to_the_vacancy
from engine.commands import Command, CompleteTask

VARIABLES = (1, 10, 100, 1000)
GROUPS = (1, 10, 50)


def of_workload(folder: Path) -> list[tuple[Command, Counts]]:
    """What each command sends that carries FK-B.03 out."""
    clock = Clock()
    engine = CountingEngine(open_deployed(folder / "commands.sqlite", clock=clock))
    to_the_vacancy(Ours(engine), clock, fk_b03.FORM_BYTES)
    engine.close()
    return engine.log


def by_size(folder: Path) -> Mapping[tuple[int, int], Counts]:
    """What completing one task sends, by (number of variables, number of candidate groups).

    The instance has so many variables, and the task is completed with a new value for each; the
    task that is completed and the one that follows have so many candidate groups.
    """
    found = {}
    for groups in GROUPS:
        process = TwoTasks(folder / f"groups_{groups}.sqlite", groups)
        for variables in VARIABLES:
            task_id = process.start({f"v{number}": 0 for number in range(variables)})
            with counted(process.engine.database.writer) as counts:
                process.complete(task_id, {f"v{number}": 1 for number in range(variables)})
            found[variables, groups] = counts
        process.engine.close()
    return found


def report(folder: Path, _quick: bool) -> Iterator[str]:
    """The figures in words."""
    log = of_workload(folder)
    commits: dict[str, set[int]] = defaultdict(set)
    for command, counts in log:
        commits[type(command).__name__].add(counts.commits)
    yield f"commits of each of {len(log)} commands that carry out FK-B.03 (aim 1):"
    for kind, numbers in sorted(commits.items()):
        yield f"    {kind}: {', '.join(map(str, sorted(numbers)))}"
    yield "a task of FK-B.03 completed with 10 KB of values:"
    unsigned = Counter(
        _in_words(counts)
        for command, counts in log
        if isinstance(command, CompleteTask) and command.signature is None
    )
    for words, times in sorted(unsigned.items()):
        yield f"    {times} times {words}"
    yield "a task completed, by number of variables written and of candidate groups:"
    for (variables, groups), counts in by_size(folder).items():
        yield f"    {variables:5,}, {groups:2}: {_in_words(counts)}; {counts.rows:,} rows"


def _in_words(counts: Counts) -> str:
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.statements.items()))
    return f"{counts.total} statements: {kinds}"
