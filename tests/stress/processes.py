"""The diagrams that are raced for and killed under, and the forms beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from tests.support.diagrams import (
    BPMN,
    CAMUNDA,
    Element,
    call_activity,
    catch_event,
    diagram,
    end_event,
    parallel_gateway,
    path,
    process,
    service_task,
    start_event,
    timer,
    user_task,
)

DECISION = "decision"
DECIDE = "decide"
ERRAND = "errand"
FILING = "filing"
TOPIC = "errand.carry"

# How often an instance passes each element: a join once for every token that comes in.
PASSAGES: Mapping[str, Mapping[str, int]] = {
    DECISION: {"asked": 1, DECIDE: 1, "decided": 1},
    ERRAND: {
        "asked": 1,
        "prepare": 1,
        "fork": 1,
        "carry": 1,
        "accompany": 1,
        "join": 2,
        "report": 1,
        "rest": 1,
        "file": 1,
        "done": 1,
    },
    FILING: {"taken": 1, "copy": 1, "filed": 1},
}
HANDLED_ELEMENTS = frozenset({"carry", "report", "copy"})


def decision() -> Element:
    """One task for whichever specialist of Almaty is first."""
    return process(
        DECISION,
        start_event("asked"),
        user_task(DECIDE, candidate_groups="specialist", form_key="decision/decide.json"),
        end_event("decided"),
        *path("asked", DECIDE, "decided"),
        properties={"unit": "almaty"},
    )


def errand() -> Element:
    """Every kind of waiting that a kill may fall into: tasks, handlers, a timer, a child."""
    mappings = etree.Element(f"{{{BPMN}}}extensionElements")
    for name in ("number", "pause"):
        etree.SubElement(mappings, f"{{{CAMUNDA}}}in", source=name, target=name)
    return process(
        ERRAND,
        start_event("asked", form_key="errand/ask.json"),
        user_task("prepare", candidate_groups="employer", form_key="errand/note.json"),
        parallel_gateway("fork"),
        service_task("carry", topic=TOPIC),
        user_task("accompany", candidate_groups="employer", form_key="errand/note.json"),
        parallel_gateway("join"),
        service_task("report", topic=TOPIC),
        catch_event("rest", timer(duration="PT0S")),
        call_activity("file", FILING, mappings),
        end_event("done"),
        *path("asked", "prepare", "fork", "carry", "join", "report", "rest", "file", "done"),
        *path("fork", "accompany", "join"),
        properties={"party": "${bin}"},
    )


def filing() -> Element:
    """The child instance of an errand."""
    return process(
        FILING,
        start_event("taken"),
        service_task("copy", topic=TOPIC),
        end_event("filed"),
        *path("taken", "copy", "filed"),
        properties={"inputs": "number, pause"},
    )


def write_decision(folder: Path) -> Path:
    """Makes `folder` the diagrams of the race; returns it."""
    files = {"decision.bpmn": diagram(decision()), "decision/decide.json": _form("note")}
    return _write(folder, files)


def write_errand(folder: Path) -> Path:
    """Makes `folder` the diagrams of the errands; returns it."""
    files = {
        "errand.bpmn": diagram(errand()),
        "filing.bpmn": diagram(filing()),
        "errand/ask.json": _form("bin", "number", "pause"),
        "errand/note.json": _form("note"),
    }
    return _write(folder, files)


def _write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def _form(*fields: str) -> bytes:
    languages = ("kk", "ru", "en")
    properties = {
        name: {
            "type": "number" if name == "pause" else "string",
            "x-label": {language: name.capitalize() for language in languages},
        }
        for name in fields
    }
    schema = {
        "type": "object",
        "x-title": dict.fromkeys(languages, "Errand"),
        "required": list(fields),
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(schema).encode()
