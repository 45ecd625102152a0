"""What the figures promise and does not depend on the machine: commits, statements, bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks.__main__ import FIGURES, main
from benchmarks.counting import CountingEngine
from benchmarks.filling import Amount
from benchmarks.ours import OWNER
from benchmarks.pages import statements
from benchmarks.state_size import AIM, wait_states
from benchmarks.statements import GROUPS, VARIABLES, by_size, of_workload
from benchmarks.two_tasks import TwoTasks
from engine.commands import (
    AssignTask,
    CalendarRow,
    CancelProcessInstance,
    ClaimTask,
    Command,
    CompleteExternalTask,
    CompleteTask,
    EditCalendar,
    FetchAndLockJobs,
    PrepareSignature,
    RunJob,
    SaveTaskDraft,
    SetTaskDueDate,
    SetVariables,
    StartProcessInstance,
    UnclaimTask,
)
from engine.identity import Actor

STATEMENTS = 14
"""Statements of a completed task that opens the next one."""

STATEMENTS_OF_A_PAGE = 30
"""At most so many statements a page takes, whatever there is to show."""

LONG_AGO = date(2024, 1, 2)


def test_every_command_that_carries_out_fk_b03_commits_once(tmp_path: Path) -> None:
    log = of_workload(tmp_path)
    assert {type(command) for command, _counts in log} == {
        StartProcessInstance,
        CompleteTask,
        PrepareSignature,
        FetchAndLockJobs,
        CompleteExternalTask,
        RunJob,
    }
    assert {counts.commits for _command, counts in log} == {1}


@pytest.mark.parametrize(
    "command",
    [
        lambda task, instance: ClaimTask(task),
        lambda task, instance: UnclaimTask(task),
        lambda task, instance: AssignTask(task, "bolat"),
        lambda task, instance: SetTaskDueDate(task, None),
        lambda task, instance: SaveTaskDraft(task, {"reason": "x"}),
        lambda task, instance: SetVariables(instance, {"reason": "x"}, "wrong before"),
        lambda task, instance: EditCalendar((CalendarRow(LONG_AGO, working=False),)),
        lambda task, instance: CancelProcessInstance(instance, "asked for"),
    ],
    ids=lambda command: str(command.__code__.co_names[0]),
)
def test_every_other_command_commits_once(
    tmp_path: Path, command: Callable[[str, str], Command]
) -> None:
    process = TwoTasks(tmp_path / "commits.sqlite")
    engine = CountingEngine(process.engine)
    started = engine.execute(StartProcessInstance("two_tasks", {}), process.actor)
    everything = Actor(
        "aigul", process.actor.groups | {"operator", "unit_head"}, units=None, parties=None
    )
    engine.execute(command(started.open_tasks[0], started.instance_id), everything)
    process.engine.close()
    assert [counts.commits for _command, counts in engine.log] == [1, 1]


def test_a_deployment_commits_once(tmp_path: Path) -> None:
    process = TwoTasks(tmp_path / "deploy.sqlite")
    engine = CountingEngine(process.engine)
    engine.execute(process.deployment(groups=2), OWNER)
    process.engine.close()
    assert [counts.commits for _command, counts in engine.log] == [1]


def test_statements_do_not_grow_with_variables_and_candidates(tmp_path: Path) -> None:
    found = by_size(tmp_path)
    assert found.keys() == {(variables, groups) for variables in VARIABLES for groups in GROUPS}
    kinds = {tuple(sorted(counts.statements.items())) for counts in found.values()}
    assert len(kinds) == 1
    assert {counts.total for counts in found.values()} == {STATEMENTS}


def test_no_page_takes_more_statements_with_more_rows(tmp_path: Path) -> None:
    few = statements(tmp_path / "few", Amount(own=4, others=4, to_submit=0))
    many = statements(tmp_path / "many", Amount(own=28, others=40, to_submit=0))
    assert many == few
    assert max(few.values()) <= STATEMENTS_OF_A_PAGE


def test_no_token_state_of_fk_b03_is_larger_than_a_kilobyte(tmp_path: Path) -> None:
    sizes = wait_states(tmp_path)
    assert len(sizes) > 40
    assert any(process == "fk_b03" and "fill_details" in waits for process, *waits in sizes)
    assert max(sizes.values()) <= AIM


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_the_benchmark_runs(figure: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--quick", figure])
    title, *lines = capsys.readouterr().out.strip().splitlines()
    assert title == FIGURES[figure][0]
    assert lines


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
