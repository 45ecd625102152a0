"""The diagrams that are raced for and killed under, and the forms beside them."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import etree

from tests.support.diagrams import (
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

ERRAND_ELEMENTS = frozenset(
    {
        "asked",
        "prepare",
        "fork",
        "carry",
        "accompany",
        "join",
        "report",
        "rest",
        "file",
        "done",
    }
)
FILING_ELEMENTS = frozenset({"taken", "copy", "filed"})
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
    call = call_activity("file", FILING)
    mappings = etree.Element(next(call.iterancestors(), call).tag.replace("callActivity", "extensionElements"))
    etree.SubElement(mappings, f"{{{CAMUNDA}}}in", source="number", target="number")
    etree.SubElement(mappings, f"{{{CAMUNDA}}}in", source="pause", target="pause")
    call.insert(0, mappings)
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
        call,
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


def write_diagrams(folder: Path) -> Path:
    """Fills a folder of diagrams; returns it."""
    files = {
        "decision.bpmn": diagram(decision()),
        "decision/decide.json": _form("note"),
        "errand.bpmn": diagram(errand()),
        "filing.bpmn": diagram(filing()),
        "errand/ask.json": _form("bin", "number", "pause"),
        "errand/note.json": _form("note"),
    }
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
        "x-title": {language: "Errand" for language in languages},
        "required": list(fields),
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(schema).encode()
