"""The gate as a whole: what it needs to know, what it lets through, how long it takes."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from engine.diagram import Surroundings, check_diagram, read_diagram
from engine.diagram.problems import Wording
from engine.diagram.rules import RULES
from engine.spiff import compile_process
from tests.support import diagrams as draw
from tests.support.pace import laps, within

FOLDER = Path(__file__).parent / "rules"
OWNED = {"candidate_groups": "specialist", "names": {"kk": "а", "ru": "б", "en": "c"}}


def chain(length: int) -> bytes:
    """A diagram of `length` tasks and gateways, one after the other."""
    ids = [f"step_{number}" for number in range(length)]
    parts = []
    for number, each in enumerate(ids):
        if number % 3 == 0:
            parts.append(draw.user_task(each, form_key="demo/forms/places.json", **OWNED))
        elif number % 3 == 1:
            parts.append(draw.service_task(each, topic="demo.count_places"))
        else:
            parts.append(draw.exclusive_gateway(each, default=f"on_{number}"))
            parts.append(draw.flow(each, "done", "${places > 1}"))
            onward = ids[number + 1] if number + 1 < length else "done"
            parts.append(draw.flow(each, onward, id=f"on_{number}"))
            continue
        parts += draw.path(each, ids[number + 1] if number + 1 < length else "done")
    start, end = draw.start_event("asked"), draw.end_event("done")
    return draw.diagram(draw.process("demo", start, *parts, end, *draw.path("asked", ids[0])))


def test_problems_come_in_the_order_of_the_file(surroundings: Surroundings) -> None:
    xml = draw.diagram(
        draw.process(
            "demo",
            draw.user_task("lost"),
            draw.start_event("asked"),
            draw.user_task("unowned", names=OWNED["names"]),
            draw.end_event("done"),
            *draw.path("asked", "unowned", "done"),
        )
    )
    found = check_diagram(read_diagram(xml, "demo.bpmn"), surroundings)
    assert [(each.rule, each.element_id) for each in found] == [
        ("connected-node", "lost"),
        ("task-owner", "lost"),
        ("translation", "lost"),
        ("task-owner", "unowned"),
    ]


def test_an_executable_process_without_an_id(surroundings: Surroundings) -> None:
    process = draw.process("demo", draw.start_event("a"), draw.end_event("b"), *draw.path("a", "b"))
    del process.attrib["id"]
    found = check_diagram(read_diagram(draw.diagram(process), "demo.bpmn"), surroundings)
    assert [(each.rule, each.element_id) for each in found] == [
        ("executable-process", "Definitions_1")
    ]


def test_what_is_not_known_is_not_compared() -> None:
    xml = draw.diagram(
        draw.process(
            "demo",
            draw.start_event("asked", properties={"check": "any.check"}),
            draw.user_task("review", candidate_groups="anyone", names=OWNED["names"]),
            draw.service_task("work", topic="any.topic"),
            draw.end_event("done"),
            *draw.path("asked", "review", "work", "done"),
        )
    )
    assert check_diagram(read_diagram(xml, "demo.bpmn"), Surroundings()) == []


def test_processes_that_are_not_executable_are_left_alone(surroundings: Surroundings) -> None:
    drawn = draw.process("drawn", draw.user_task("nobody's"), draw.element("task", "plain"))
    drawn.set("isExecutable", "false")
    run = draw.process("run", draw.start_event("a"), draw.end_event("b"), *draw.path("a", "b"))
    assert check_diagram(read_diagram(draw.diagram(drawn, run), "demo.bpmn"), surroundings) == []


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/valid*.bpmn")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_what_passes_can_be_compiled(path: Path) -> None:
    diagram = read_diagram(path.read_bytes(), "demo.bpmn")
    for process in diagram.executable:
        assert compile_process(diagram.root, process.id).process_id == process.id


def test_a_hundred_elements_take_less_than_ten_laps(
    surroundings: Surroundings,
) -> None:
    xml = chain(100)
    assert check_diagram(read_diagram(xml, "demo.bpmn"), surroundings) == []
    again = (lambda: check_diagram(read_diagram(xml, "demo.bpmn"), surroundings),) * 3
    assert min(map(laps, again)) < 10


def test_time_grows_with_the_size_only(surroundings: Surroundings) -> None:
    with within(500):
        assert check_diagram(read_diagram(chain(2000), "demo.bpmn"), surroundings) == []


def test_many_mistakes_take_no_longer_than_many_elements(surroundings: Surroundings) -> None:
    heads = [f"head_{number}" for number in range(2000)]
    tail = [f"tail_{number}" for number in range(2000)]
    parts = [draw.throw_event(each) for each in (*heads, *tail)]
    flows = [*(draw.flow(each, tail[0]) for each in heads), *draw.path(*tail, tail[0])]
    xml = draw.diagram(draw.process("demo", draw.start_event("asked"), *parts, *flows))
    with within(500):
        found = check_diagram(read_diagram(xml, "demo.bpmn"), surroundings)
    assert sum(problem.rule == "reachable-node" for problem in found) == len(heads)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_wording_has_the_same_details_in_each_language(rule) -> None:
    module = import_module(f"engine.diagram.rules.{rule.name.replace('-', '_')}")
    wordings = [each for each in vars(module).values() if isinstance(each, Wording)]
    assert wordings
    for wording in wordings:
        assert _details(wording.ru) <= _details(wording.en)
        assert _details(wording.kk) <= _details(wording.en)
        assert _details(wording.ru) == _details(wording.kk)


def _details(template: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return {name.partition("[")[0] for name in names}


@pytest.mark.parametrize(("event", "found"), [(draw.catch_event, 0), (draw.throw_event, 1)])
def test_an_action_sends_a_message_that_is_waited_for(
    event: Callable[..., draw.Element], found: int
) -> None:
    names = {"kk": "а", "ru": "б", "en": "c"}
    actions = {"tell": {"names": names, "message": "demo.told"}}
    xml = draw.diagram(
        draw.process(
            "demo",
            draw.start_event("asked"),
            event("told", draw.message("demo.told")),
            draw.end_event("done"),
            *draw.path("asked", "told", "done"),
        )
    )
    files = {"demo/actions.json": json.dumps(actions).encode()}
    problems = check_diagram(read_diagram(xml, "demo.bpmn"), Surroundings(resources=files))
    assert sum(problem.rule == "action" for problem in problems) == found
