"""From XML to a specification: what is compiled, and what is refused with element and line."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.spiff import CompileError, MessageStart, compile_process
from tests.support.catalogue import CATALOGUE
from tests.support.diagrams import (
    Element,
    boundary_event,
    call_activity,
    catch_event,
    condition,
    definitions,
    element,
    end_event,
    error,
    event_based_gateway,
    event_sub_process,
    exclusive_gateway,
    flow,
    message,
    multi_instance,
    parallel_gateway,
    path,
    process,
    receive_task,
    send_task,
    service_task,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.instances import Saved, SavedAndCompiledAnew, instance_of


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_diagram_gives_the_same_trace_cached_and_freshly_compiled(name: str) -> None:
    """An `Instance` compares the two for every diagram of every test; here for the catalogue."""
    instance = CATALOGUE[name]()
    cached, fresh, _alive = instance.ways
    assert (type(cached), type(fresh)) == (Saved, SavedAndCompiledAnew)
    while instance.open:
        before = len(instance.transitions)
        instance.complete(instance.open[0])
        assert len(instance.transitions) > before
        assert isinstance(cached, Saved)
        assert isinstance(fresh, Saved)
        assert cached.state == fresh.state
        if before > 200:
            break


def test_the_start_events_of_a_process() -> None:
    root = definitions(
        process(
            "p",
            start_event("a", message("m")),
            start_event("b"),
            start_event("c", message("n")),
        )
    )
    specification = compile_process(root, "p")
    assert specification.none_start == "b"
    assert specification.message_starts == (MessageStart("a", "m"), MessageStart("c", "n"))


def test_the_document_is_left_as_it_was() -> None:
    flows = path("start", "end")
    del flows[0].attrib["id"]
    root = definitions(process("p", start_event("start"), end_event("end"), *flows))
    before = etree.tostring(root)
    compile_process(root, "p")
    assert etree.tostring(root) == before


def test_sequence_flows_without_an_id_get_one_and_are_not_dropped() -> None:
    flows = [*path("start", "fork", "a", "join", "next", "end"), *path("fork", "b", "join")]
    for each in flows:
        del each.attrib["id"]
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        parallel_gateway("join"),
        user_task("next"),
        end_event("end"),
        *flows,
    )
    instance.complete("b")
    assert instance.open == ["a"]
    instance.complete("a")
    assert instance.open == ["next"]
    instance.complete("next")
    assert instance.completed


def test_elements_on_the_drawing_only_are_left_out() -> None:
    nodes = [
        element("laneSet", "lanes", element("lane", "lane")),
        element("textAnnotation", "note"),
        element("association", "line"),
        element("dataObject", "data"),
        element("dataObjectReference", "reference"),
        element("group", "group"),
    ]
    root = definitions(
        process("p", *nodes, start_event("start"), end_event("end"), *path("start", "end"))
    )
    assert compile_process(root, "p").none_start == "start"


def test_a_chain_of_2000_elements_is_no_matter() -> None:
    chain = [f"task_{number}" for number in range(2000)]
    root = definitions(
        process("p", start_event("start"), *map(user_task, chain), *path("start", *chain))
    )
    assert compile_process(root, "p").none_start == "start"


START = start_event("start")
WORK = user_task("work")
REFUSED: dict[str, tuple[list[Element], str, str]] = {
    "reserved id": ([start_event("Start")], "Start", "reserved"),
    "reserved id of a task": ([start_event("s"), user_task("End")], "End", "reserved"),
    "two of one id": ([start_event("start"), user_task("start")], "start", "there are two"),
    "no start": ([user_task("work")], "p", "a start event"),
    "two none starts": ([start_event("a"), start_event("b")], "b", "one none start event"),
    "timer start": ([start_event("a", timer(date="2026-01-01"))], "a", "start events"),
    "bare task": ([element("task", "work")], "work", "task is not supported"),
    "manual task": ([element("manualTask", "work")], "work", "manualTask is not supported"),
    "script task": ([element("scriptTask", "work")], "work", "scriptTask is not supported"),
    "complex gateway": ([element("complexGateway", "g")], "g", "complexGateway is not supported"),
    "transaction": ([element("transaction", "t")], "t", "transaction is not supported"),
    "compensation": (
        [user_task("undo", attributes={"isForCompensation": "true"})],
        "undo",
        "Compensation",
    ),
    "service task without a topic": ([element("serviceTask", "work")], "work", "external"),
    "java class": (
        [element("serviceTask", "work", **{"class": "org.example.Work"})],
        "work",
        "camunda:class",
    ),
    "external without a topic": (
        [element("serviceTask", "work", type="external")],
        "work",
        "name its topic",
    ),
    "send task of nothing": ([send_task("tell")], "tell", "messageRef"),
    "receive task of nothing": ([element("receiveTask", "hear")], "hear", "messageRef"),
    "instantiating receive task": (
        [receive_task("hear", "m", attributes={"instantiate": "true"})],
        "hear",
        "start event",
    ),
    "call of nothing": ([call_activity("call", "")], "call", "calledElement"),
    "none catch": ([catch_event("wait")], "wait", "no event"),
    "signal catch": ([catch_event("c", element("signalEventDefinition", "x"))], "c", "signal"),
    "two definitions": ([catch_event("wait", message("m"), timer(date="x"))], "wait", "one event"),
    "signal end": ([end_event("e", element("signalEventDefinition", "x"))], "e", "signal"),
    "error end of nothing": ([end_event("e", error())], "e", "name its error"),
    "timer of nothing": ([catch_event("wait", timer())], "wait", "a date, a duration or a cycle"),
    "bad cycle": ([catch_event("wait", timer(cycle="every day"))], "wait", "a cycle such as"),
    "condition in words": ([catch_event("wait", condition("x is 1"))], "wait", "an expression"),
    "default that is gone": (
        [exclusive_gateway("g", default="d"), user_task("work"), flow("g", "work", "${true}")],
        "g",
        "default flow d",
    ),
    "plain condition": (
        [user_task("a"), user_task("b"), flow("a", "b", "1 == 1", id="f")],
        "f",
        "an expression",
    ),
    "two flows without a condition": (
        [exclusive_gateway("g"), user_task("a"), *path("g", "a"), *path("g", "a")],
        "g",
        "Expected a condition",
    ),
    "condition after a parallel gateway": (
        [parallel_gateway("g"), user_task("a"), flow("g", "a", "${true}", id="f")],
        "f",
        "no condition",
    ),
    "flow to a start": ([user_task("a"), flow("a", "start", id="f")], "f", "starts by itself"),
    "flow from an end": (
        [end_event("e"), user_task("a"), flow("e", "a", id="f")],
        "f",
        "nothing follows",
    ),
    "flow to nowhere": ([user_task("a"), flow("a", "gone", id="f")], "f", "same scope"),
    "flow into a sub-process": (
        [sub_process("part", start_event("in"), user_task("x")), flow("start", "x", id="f")],
        "f",
        "same scope",
    ),
    "task after an event gateway": (
        [event_based_gateway("g"), user_task("a"), flow("g", "a", id="f")],
        "f",
        "catch event",
    ),
    "event gateway without events": ([event_based_gateway("g")], "g", "events after"),
    "boundary of nothing": ([boundary_event("b", "gone", message("m"))], "b", "waiting activity"),
    "boundary of a gateway": (
        [parallel_gateway("g"), boundary_event("b", "g", message("m"))],
        "b",
        "waiting activity",
    ),
    "error beside": (
        [user_task("a"), boundary_event("b", "a", error("X"), interrupting=False)],
        "b",
        "interrupting",
    ),
    "standard loop": (
        [user_task("a", etree.Element(f"{{{START.nsmap['bpmn']}}}standardLoopCharacteristics"))],
        "a",
        "standard loop",
    ),
    "multi-instance of nothing": ([user_task("a", multi_instance())], "a", "a cardinality"),
    "both": ([user_task("a", multi_instance("x", cardinality="1"))], "a", "a cardinality"),
    "results of nothing": ([user_task("a", multi_instance("x", results="r"))], "a", "together"),
    "completion in words": ([user_task("a", multi_instance("x", until="done"))], "a", "expression"),
    "sub-process without a start": ([sub_process("part")], "part", "one start event"),
    "sub-process with a message start": (
        [sub_process("part", start_event("in", message("m")))],
        "in",
        "none start event",
    ),
    "event sub-process with a none start": (
        [event_sub_process("part", start_event("in"))],
        "part",
        "start with an event",
    ),
    "multi-instance event sub-process": (
        [event_sub_process("part", multi_instance("x"), start_event("in", message("m")))],
        "part",
        "once for each event",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_executed_is_refused_at_its_element(name: str) -> None:
    parts, element_id, reason = REFUSED[name]
    has_start = any(part.tag == START.tag for part in parts) or name == "no start"
    starts = [] if has_start else [START]
    xml = etree.tostring(definitions(process("p", *starts, *parts)), pretty_print=True)
    with pytest.raises(CompileError, match=reason) as refusal:
        compile_process(etree.fromstring(xml), "p")
    assert refusal.value.element_id == element_id
    line = xml.decode().splitlines()[(refusal.value.line or 0) - 1]
    assert "<bpmn:" in line
    assert f"(line {refusal.value.line})" in str(refusal.value)


def test_a_process_that_is_not_there_is_refused() -> None:
    with pytest.raises(CompileError, match="a process gone"):
        compile_process(definitions(process("p", start_event("start"))), "gone")


@pytest.mark.parametrize("value", ["list", "script"])
def test_parameters_that_are_not_text_are_refused(value: str) -> None:
    task = user_task("work", inputs={"x": "1"})
    parameter = next(each for each in task.iter() if str(each.tag).endswith("inputParameter"))
    etree.SubElement(parameter, f"{{http://camunda.org/schema/1.0/bpmn}}{value}")
    with pytest.raises(CompileError, match="parameter x"):
        compile_process(definitions(process("p", start_event("start"), task)), "p")


def test_a_delegate_expression_is_a_topic() -> None:
    task = element("serviceTask", "work", delegate_expression="${check}")
    instance = instance_of(start_event("start"), task, *path("start", "work"))
    assert instance.open == ["work"]
    assert service_task("x").get("{http://camunda.org/schema/1.0/bpmn}topic") == "work"
