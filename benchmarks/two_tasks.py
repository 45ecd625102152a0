"""The smallest process with a next task: two user tasks, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.ours import OWNER
from engine import EngineSettings, open_engine
from engine.commands import CompleteTask, Deploy, StartProcessInstance
from engine.identity import Actor

_DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="urn:benchmark">
  <bpmn:process id="two_tasks" isExecutable="true">
    <bpmn:startEvent id="asked"/>
    <bpmn:userTask id="first" camunda:candidateGroups="{groups}"/>
    <bpmn:userTask id="second" camunda:candidateGroups="{groups}"/>
    <bpmn:endEvent id="done"/>
    <bpmn:sequenceFlow id="f1" sourceRef="asked" targetRef="first"/>
    <bpmn:sequenceFlow id="f2" sourceRef="first" targetRef="second"/>
    <bpmn:sequenceFlow id="f3" sourceRef="second" targetRef="done"/>
  </bpmn:process>
</bpmn:definitions>
"""


class TwoTasks:
    """The process on a new database; each task is offered to so many `groups`."""

    def __init__(self, file: Path, groups: int = 1) -> None:
        names = [_group(number) for number in range(groups)]
        self.actor = Actor("aigul", frozenset(names), units=None, parties=None)
        self.engine = open_engine(EngineSettings(database_url=f"sqlite:///{file}"))
        self.engine.execute(self.deployment(groups), OWNER)

    def deployment(self, groups: int) -> Deploy:
        """What deploys the process, its tasks offered to so many groups."""
        names = ",".join(_group(number) for number in range(groups))
        return Deploy("benchmark", {"two_tasks.bpmn": _DIAGRAM.format(groups=names).encode()})

    def start(self, variables: Mapping[str, object]) -> str:
        """Starts an instance; returns the id of its first task."""
        started = self.engine.execute(StartProcessInstance("two_tasks", variables), self.actor)
        return str(started.open_tasks[0])

    def complete(self, task_id: str, values: Mapping[str, object]) -> None:
        """Completes a task, with an id for the command."""
        command = CompleteTask(task_id, values, command_id=f"complete-{task_id}")
        self.engine.execute(command, self.actor)


def _group(number: int) -> str:
    return f"group_{number}"
