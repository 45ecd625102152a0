"""Versions of decisions: alone, with diagrams, from disk and from the browser."""

from __future__ import annotations

import orjson
import pytest

from engine.commands import Deploy
from engine.errors import BadCommand, DeploymentRefused
from engine.results import from_plain, to_plain
from tests.support.decisions import input_data, literal, model, table
from tests.support.diagrams import (
    Element,
    business_rule_task,
    catch_event,
    diagram,
    end_event,
    path,
    process,
    start_event,
    timer,
)
from tests.support.house import OPERATOR, House


def one(text: str = "n", **keywords: str) -> bytes:
    return model(input_data("n"), literal("d", text, inputs=["n"]), **keywords)


def deciding(name: str = "p", inputs: str = "n") -> Element:
    return process(
        name,
        start_event("s"),
        catch_event("wait", timer(duration="PT1H")),
        business_rule_task("decide", "d", result_variable="x"),
        end_event("e"),
        *path("s", "wait", "decide", "e"),
        properties={"inputs": inputs},
    )


def versions(house: House) -> list[tuple[str, int]]:
    rows = house.rows("decision_definition")
    return sorted((row.decision_id, row.version) for row in rows)


def test_decisions_are_deployed_alone(house: House) -> None:
    deployed = house.deploy(files={"p/d.dmn": one()})
    assert deployed.deployment_id is not None
    assert deployed.definitions == ()
    assert [(ref.decision_id, ref.version) for ref in deployed.decisions] == [("d", 1)]
    (row,) = house.rows("decision_definition")
    assert (row.resource_name, row.version_tag, row.name) == ("p/d.dmn", None, "d")


def test_only_what_changed_is_a_new_version(house: House) -> None:
    file = model(literal("a", "1"), literal("b", "2"))
    other = model(literal("c", "3"))
    house.deploy(files={"ab.dmn": file, "c.dmn": other})
    again = house.deploy(files={"ab.dmn": file, "c.dmn": other})
    assert again.deployment_id is None
    assert {ref.decision_id for ref in again.unchanged_decisions} == {"a", "b", "c"}
    changed = house.deploy(
        files={"ab.dmn": model(literal("a", "1"), literal("b", "0")), "c.dmn": other}
    )
    assert [ref.decision_id for ref in changed.decisions] == ["a", "b"]
    assert [ref.decision_id for ref in changed.unchanged_decisions] == ["c"]
    assert versions(house) == [("a", 1), ("a", 2), ("b", 1), ("b", 2), ("c", 1)]


def test_the_version_tag_of_the_file_is_kept(house: House) -> None:
    rows = [("-", "1")]
    file = model(input_data("n"), table("d", {"n": None}, {"x": None}, rows, version_tag="autumn"))
    house.deploy(files={"d.dmn": file})
    assert house.rows("decision_definition")[0].version_tag == "autumn"


def test_a_diagram_and_its_decisions_go_together(house: House) -> None:
    deployed = house.deploy(deciding(), files={"p/d.dmn": one()})
    assert [ref.process_id for ref in deployed.definitions] == ["p"]
    assert [ref.decision_id for ref in deployed.decisions] == ["d"]
    later = house.deploy(files={"p/d.dmn": one("n + 1")})
    assert (later.definitions, [ref.version for ref in later.decisions]) == ((), [2])


def test_a_diagram_may_ask_for_a_decision_that_was_deployed_before(house: House) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        house.deploy(deciding())
    assert [problem.rule for problem in refused.value.problems] == ["business-rule-task"]
    house.deploy(files={"p/d.dmn": one()})
    house.deploy(deciding())
    with pytest.raises(DeploymentRefused) as refused:
        house.deploy(deciding("q", inputs="other"))
    assert [problem.rule for problem in refused.value.problems] == ["decision-input"]


def test_a_refused_file_deploys_nothing(house: House) -> None:
    before = house.snapshot()
    with pytest.raises(DeploymentRefused) as refused:
        house.deploy(deciding(), files={"p/d.dmn": one("1 +")})
    assert any("p/d.dmn" in str(problem) for problem in refused.value.problems)
    assert house.snapshot() == before


def test_a_deployment_of_neither_is_refused(house: House) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        house.deploy(files={"p/terms.json": b"{}"})
    (problem,) = refused.value.problems
    assert problem.rule == "diagram-present"


def test_disk_over_a_newer_decision_from_the_browser_is_refused_until_told_so(
    house: House,
) -> None:
    house.execute(Deploy("disk", {"d.dmn": one()}), OPERATOR)
    house.execute(Deploy("drawn", {"d.dmn": one("n + 1")}, source="browser"), OPERATOR)
    with pytest.raises(BadCommand, match="browser"):
        house.execute(Deploy("disk", {"d.dmn": one()}), OPERATOR)
    forced = house.execute(Deploy("disk", {"d.dmn": one()}, force=True), OPERATOR)
    assert [ref.version for ref in forced.decisions] == [3]


def test_administration_is_told_of_decisions(house: House) -> None:
    house.deploy(files={"d.dmn": one()})
    (event,) = house.engine.queries.administration(OPERATOR)
    assert event.payload["decisions"] == [["d", 1]]
    assert event.payload["decision_digests"].keys() == {"d"}


def test_a_repeated_command_gets_the_same_answer(house: House) -> None:
    command = Deploy("disk", {"p.bpmn": diagram(deciding()), "d.dmn": one()}, command_id="c1")
    first = house.execute(command, OPERATOR)
    assert house.execute(command, OPERATOR) == first
    old = {"deployment_id": "x", "definitions": [], "unchanged": [], "warnings": []}
    read = from_plain({"kind": "Deployed", "value": old})
    assert orjson.loads(orjson.dumps(to_plain(read)))["value"]["decisions"] == []


def test_a_running_version_whose_decision_reads_more_is_told_at_start(house: House) -> None:
    house.deploy(deciding(), files={"p/d.dmn": one()})
    house.start(variables={"n": 1})
    assert house.engine.problems_of_running_versions() == ()
    more = model(input_data("n"), input_data("m"), literal("d", "n + m", inputs=["n", "m"]))
    house.deploy(files={"p/d.dmn": more})
    (problem,) = house.engine.problems_of_running_versions()
    assert (problem.element_id, problem.rule) == ("decide", "decision-input")
