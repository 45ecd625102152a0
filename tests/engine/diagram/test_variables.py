"""Who writes which variable."""

from __future__ import annotations

from engine.diagram import Surroundings, read_diagram
from engine.diagram.variables import WrittenVariables, local_names, written_variables
from tests.support import diagrams as draw


def written(
    surroundings: Surroundings, *parts: draw.Element, **process: object
) -> WrittenVariables:
    xml = draw.diagram(draw.process("demo", *parts, **process))
    diagram = read_diagram(xml, "demo.bpmn")
    return written_variables(diagram, diagram.processes["demo"], surroundings)


def names(found: WrittenVariables) -> set[str]:
    return set(found.writers)


def test_inputs_of_the_process(surroundings: Surroundings) -> None:
    found = written(surroundings, properties={"inputs": "bin, year"})
    assert names(found) == {"bin", "year"}


def test_form_fields_with_their_types(surroundings: Surroundings) -> None:
    task = draw.user_task("ask", form_key="demo/forms/places.json")
    (writer,) = written(surroundings, task).writers["places"]
    assert (writer.id, writer.types) == ("ask", {"integer"})


def test_what_a_handler_gives(surroundings: Surroundings) -> None:
    found = written(surroundings, draw.service_task("count", topic="demo.count_places"))
    assert names(found) == {"places_left"}
    assert found.unknown == []


def test_what_can_not_be_known(surroundings: Surroundings) -> None:
    found = written(
        surroundings,
        draw.user_task("formless"),
        draw.service_task("remote", topic="elsewhere.work"),
    )
    assert found.unknown == ["formless", "remote"]


def test_an_element_says_what_its_check_gives(surroundings: Surroundings) -> None:
    own = {"check": "demo.take_places", "gives": "taken, left"}
    found = written(surroundings, draw.service_task("checked", topic="demo.work", properties=own))
    assert names(found) == {"taken", "left"}
    assert found.unknown == []


def test_the_result_of_a_decision_with_its_type(surroundings: Surroundings) -> None:
    types = {
        mapping: written(
            surroundings,
            draw.business_rule_task("d", "x", result_variable="r", map_decision_result=mapping),
        )
        .writers["r"][0]
        .types
        for mapping in ("singleEntry", "singleResult", "collectEntries", "resultList")
    }
    assert types == {
        "singleEntry": None,
        "singleResult": {"object"},
        "collectEntries": {"array"},
        "resultList": {"array"},
    }


def test_payload_that_the_diagram_itself_sends(surroundings: Surroundings) -> None:
    thrower = draw.send_task("send", message="news", inputs={"outcome": "yes"})
    catch = draw.catch_event("hear", draw.message("news"))
    assert names(written(surroundings, thrower, catch)) == {"outcome"}


def test_payload_stays_local_where_outputs_are_named(surroundings: Surroundings) -> None:
    thrower = draw.send_task("send", message="news", inputs={"outcome": "yes"})
    catch = draw.catch_event("hear", draw.message("news"), outputs={"result": "${outcome}"})
    assert names(written(surroundings, thrower, catch)) == {"result"}


def test_results_of_a_loop_and_an_error(surroundings: Surroundings) -> None:
    loop = draw.multi_instance("plans", "plan", results="results", result="one")
    found = written(
        surroundings,
        draw.service_task("each", loop, topic="demo.work"),
        draw.boundary_event("caught", "each", draw.error("X", error_code_variable="code")),
    )
    assert names(found) == {"results", "code"}


def test_names_around_an_element() -> None:
    loop = draw.multi_instance("plans", "plan", results="results", result="one")
    inner = draw.user_task("inner", inputs={"own": "1"})
    part = draw.sub_process("part", loop, inner, inputs={"around": "2"})
    process = read_diagram(draw.diagram(draw.process("demo", part)), "demo.bpmn").processes["demo"]
    found = local_names(process, process.elements["inner"])
    assert {name: holder for name, holder in found.items() if "Of" not in name} == {
        "own": "inner",
        "around": "part",
        "plan": "part",
        "one": "part",
        "loopCounter": "part",
    }
