"""Business rule tasks: done within the step, or stopped until the decision can be made."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.errors import Conflict, DecisionFailed, StepFailed
from engine.spiff import (
    CalledDecision,
    CompileError,
    DecisionResult,
    DecisionWait,
    Execution,
    Step,
    compile_process,
)
from tests.support.diagrams import (
    Element,
    business_rule_task,
    definitions,
    end_event,
    multi_instance,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.variables import VariablesInMemory


class Table:
    """Decisions by id: a value, or the reason why there is none. Keeps what it was asked."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers
        self.asked: list[CalledDecision] = []

    def decide(self, called: CalledDecision) -> DecisionResult:
        self.asked.append(called)
        answer = self.answers[called.decision]
        if isinstance(answer, Exception):
            raise answer
        return DecisionResult(answer, [{"it": answer}])


class Run:
    """A process that is saved and loaded between its steps."""

    def __init__(self, table: Table, *parts: Element, **variables: object) -> None:
        root = definitions(process("p", *parts))
        self.table = table
        self.variables = VariablesInMemory(variables)
        self.specification = compile_process(root, "p")
        execution = Execution.begin(self.specification, self.variables, decisions=table)
        self.step = self._settle(execution)

    def load(self) -> Execution:
        return Execution.load(self.specification, self.variables, self.state, decisions=self.table)

    def decide_again(self, token: int) -> Step:
        execution = self.load()
        execution.decide_again(token)
        self.step = self._settle(execution)
        return self.step

    def _settle(self, execution: Execution) -> Step:
        step = execution.settle(100)
        self.state = execution.dump()
        return step

    @property
    def values(self) -> Mapping[str, object]:
        return self.variables.scopes[0]


def around(task: Element) -> list[Element]:
    name = str(task.get("id"))
    return [
        start_event("s"),
        task,
        user_task("look"),
        end_event("e"),
        *path("s", name, "look", "e"),
    ]


def test_the_token_goes_on_within_the_step() -> None:
    run = Run(Table(d=5), *around(business_rule_task("decide", "d", result_variable="given")))
    assert [wait.element_id for wait in run.step.opened] == ["look"]
    assert run.values == {"given": 5}
    (called,) = run.table.asked
    assert (called.element_id, called.decision, called.binding, called.mapping) == (
        "decide",
        "d",
        "latest",
        "resultList",
    )


def test_what_the_diagram_says_of_the_version_is_evaluated() -> None:
    task = business_rule_task(
        "decide",
        "${which}",
        decision_ref_binding="version",
        decision_ref_version="${2 + 1}",
        map_decision_result="singleEntry",
    )
    run = Run(Table(d=1), *around(task), which="d")
    (called,) = run.table.asked
    assert (called.decision, called.binding, called.version) == ("d", "version", "3")
    assert (called.version_tag, called.mapping) == (None, "singleEntry")


def test_without_a_result_variable_nothing_is_written() -> None:
    run = Run(Table(d=5), *around(business_rule_task("decide", "d")))
    assert run.values == {}
    assert run.variables.scopes.keys() == {0}


def test_output_parameters_see_the_results_and_nobody_else_does() -> None:
    task = business_rule_task("decide", "d", outputs={"x": "${decisionResult[0].it}"})
    run = Run(Table(d=5), *around(task))
    assert run.values == {"x": 5}
    assert run.variables.scopes.keys() == {0}


def test_a_decision_that_can_not_be_made_stops_its_token_and_says_why() -> None:
    run = Run(
        Table(d=DecisionFailed("Expected sense")),
        *around(business_rule_task("decide", "d", result_variable="given")),
    )
    (wait,) = run.step.opened
    assert isinstance(wait, DecisionWait)
    assert (wait.element_id, wait.reason) == ("decide", "Expected sense")
    run.table.answers["d"] = 7
    step = run.decide_again(wait.token)
    assert step.closed == (wait.key,)
    assert [each.element_id for each in step.opened] == ["look"]
    assert run.values == {"given": 7}


def test_a_decision_that_still_can_not_be_made_fails_the_step() -> None:
    run = Run(Table(d=DecisionFailed("Expected sense")), *around(business_rule_task("x", "d")))
    (wait,) = run.step.opened
    with pytest.raises(StepFailed, match="Expected sense") as failed:
        run.decide_again(wait.token)
    assert failed.value.element_id == "x"


def test_only_a_stopped_decision_is_made_again() -> None:
    run = Run(Table(d=5), *around(business_rule_task("decide", "d")))
    (wait,) = run.step.opened
    with pytest.raises(Conflict):
        run.load().decide_again(wait.token)


def test_input_parameters_are_evaluated_anew_with_what_is_outside() -> None:
    task = business_rule_task("decide", "d", inputs={"n": "${n + 1}", "m": "${n}"})
    run = Run(Table(d=DecisionFailed("no")), *around(task), n=1)
    (wait,) = run.step.opened
    assert run.variables.scopes[wait.token] == {"n": 2, "m": 1}
    run.variables.scopes[0]["n"] = 10
    with pytest.raises(StepFailed):
        run.decide_again(wait.token)
    assert run.variables.scopes[wait.token] == {"n": 11, "m": 10}


def test_items_are_decided_each_by_itself() -> None:
    loop = multi_instance("names", "name", results="all", result="given")
    task = business_rule_task("decide", "${name}", loop, result_variable="given")
    table = Table(a=1, b=DecisionFailed("no"), c=3)
    run = Run(table, *around(task), names=["a", "b", "c"])
    (wait,) = run.step.opened
    assert wait.loop_counter == 1
    table.answers["b"] = 2
    run.decide_again(wait.token)
    assert run.values["all"] == [1, 2, 3]


def test_a_task_that_names_neither_decision_nor_topic_is_refused() -> None:
    root = definitions(process("p", *around(business_rule_task("decide", None))))
    with pytest.raises(CompileError) as refused:
        compile_process(root, "p")
    assert refused.value.element_id == "decide"


def test_without_decisions_the_token_stops() -> None:
    root = definitions(process("p", *around(business_rule_task("decide", "d"))))
    execution = Execution.begin(compile_process(root, "p"), VariablesInMemory())
    (wait,) = execution.settle(100).opened
    assert isinstance(wait, DecisionWait)
