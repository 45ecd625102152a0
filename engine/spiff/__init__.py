"""Moves tokens, on SpiffWorkflow; the only room that imports it. Data is outside (`Variables`),
and so are decisions (`Decisions`).

specification = compile_process(root, "fk_b03")
execution = Execution.begin(specification, variables)
step = execution.settle(budget=1000)
state = execution.dump()
"""

from engine.spiff.business_rules import CalledDecision, DecisionResult, Decisions
from engine.spiff.compile import compile_process
from engine.spiff.execution import Execution
from engine.spiff.scoping import Variables
from engine.spiff.specification import CompileError, MessageStart, Specification
from engine.spiff.step import MessageThrown, Step, Transition, UncaughtError
from engine.spiff.waits import (
    CallActivityWait,
    DecisionWait,
    ExternalTaskWait,
    MessageWait,
    TimerWait,
    UserTaskWait,
    Wait,
)

__all__ = [
    "CallActivityWait",
    "CalledDecision",
    "CompileError",
    "DecisionResult",
    "DecisionWait",
    "Decisions",
    "Execution",
    "ExternalTaskWait",
    "MessageStart",
    "MessageThrown",
    "MessageWait",
    "Specification",
    "Step",
    "TimerWait",
    "Transition",
    "UncaughtError",
    "UserTaskWait",
    "Variables",
    "Wait",
    "compile_process",
]
