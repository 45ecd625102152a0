"""A second process application runs on the same engine, and FK-B.03 did not leak into that."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import EngineSettings, ProcessEngine, open_engine
from engine.commands import CompleteTask, Deploy, StartProcessInstance
from engine.errors import InvalidSubmission
from engine.identity import Actor
from engine.opening import executor_for
from handlers import discover
from tests.processes.leave.handlers import records
from web.bootstrap import read_resources

HERE = Path(__file__).parent / "leave"
ENGINE = Path(__file__).parent.parent.parent / "engine"
WORKER = Actor("saule", frozenset({"worker"}), None, frozenset({"saule"}))
BOSS = Actor("boss", frozenset({"boss"}), None, None)
REQUEST = {
    "worker": "saule",
    "first_day": "2026-07-01",
    "last_day": "2026-07-10",
    "reason": "Demalys",
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ProcessEngine]:
    found = discover(["tests.processes.leave.handlers"])
    opened = open_engine(
        EngineSettings(database_url=f"sqlite:///{tmp_path / 'leave.sqlite'}"),
        handlers=found.handlers,
        checks=found.checks,
        application_versions=found.migrations,
    )
    opened.execute(Deploy("leave", read_resources(HERE / "bpmn")), Actor.system())
    with opened.application_transaction() as connection:
        records.grant(connection, "saule", 12)
    yield opened
    opened.close()


def ask(engine: ProcessEngine) -> str:
    started = engine.execute(StartProcessInstance("leave", REQUEST), WORKER)
    executor_for(engine).run_until_idle()
    return str(started.instance_id)


def approve(engine: ProcessEngine, instance_id: str, approved: bool) -> None:
    (task,) = (
        row
        for row in engine.queries.task_list(BOSS, "group").rows
        if row.instance_id == instance_id
    )
    engine.execute(CompleteTask(task.id, {"approved": approved}), BOSS)


def test_leave_is_granted_and_its_days_are_taken(engine: ProcessEngine) -> None:
    instance = ask(engine)
    approve(engine, instance, True)
    detail = engine.queries.instance(WORKER, instance)
    assert (detail.row.state, detail.variables["days"]) == ("completed", 10)
    with engine.database.reading() as connection:
        assert records.days_left(connection, "saule") == 2


def test_leave_beyond_the_days_left_is_refused_in_the_bosss_language(
    engine: ProcessEngine,
) -> None:
    approve(engine, ask(engine), True)
    second = ask(engine)
    with pytest.raises(InvalidSubmission) as refused:
        approve(engine, second, True)
    assert refused.value.fields["approved"]["kk"] == "Күндер жеткіліксіз"
    approve(engine, second, False)
    assert engine.queries.instance(WORKER, second).row.state == "completed"


def test_a_wrong_request_names_the_field(engine: ProcessEngine) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        engine.execute(StartProcessInstance("leave", {**REQUEST, "last_day": "soon"}), WORKER)
    assert set(refused.value.fields) == {"last_day"}


def words_of_the_code(path: Path) -> set[str]:
    """Names and texts of a module, docstrings and comments left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    words: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            words.add(node.value)
    return words


def test_nothing_of_fk_b03_leaked_into_the_engine() -> None:
    law = re.compile(r"fk_b03|fk-b|вакан|работодат|жұмыс беруш|vacanc|subsid|employer", re.I)
    leaks = {
        f"{path.relative_to(ENGINE)}: {word}"
        for path in ENGINE.rglob("*.py")
        for word in words_of_the_code(path)
        if law.search(word)
    }
    assert leaks == set()
