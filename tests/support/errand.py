"""A small process of demo people, saved as files: two tasks, an hour between them."""

from __future__ import annotations

from pathlib import Path

import orjson

from tests.support.diagrams import (
    Element,
    catch_event,
    diagram,
    end_event,
    path,
    process,
    start_event,
    timer,
    user_task,
)

NAMES = {"kk": "Тапсырма", "ru": "Поручение", "en": "Errand"}


def names(english: str) -> dict[str, str]:
    return {"kk": f"{english} (kk)", "ru": f"{english} (ru)", "en": english}


ASK = {
    "type": "object",
    "required": ["subject", "urgency"],
    "properties": {
        "subject": {"type": "string", "x-label": names("Subject")},
        "urgency": {
            "type": "string",
            "x-label": names("Urgency"),
            "oneOf": [
                {"const": "low", "x-label": names("It can wait")},
                {"const": "high", "x-label": names("At once")},
            ],
        },
        "reason": {
            "type": "string",
            "x-label": names("Why at once"),
            "x-show-if": {"urgency": "high"},
        },
    },
}
REPORT = {
    "type": "object",
    "required": ["hours"],
    "properties": {
        "hours": {"type": "integer", "minimum": 1, "x-label": names("Hours")},
        "is_finished": {"type": "boolean", "x-label": names("Finished")},
    },
}


def errand(group: str = "specialist") -> Element:
    """Someone asks, an employer prepares it, an hour passes, someone of `group` reports."""
    return process(
        "errand",
        start_event("asked", form_key="errand/forms/ask.json"),
        user_task("prepare", candidate_groups="employer", names=names("Prepare")),
        catch_event("rest", timer(duration="PT1H")),
        user_task(
            "report",
            candidate_groups=group,
            form_key="errand/forms/report.json",
            names=names("Report"),
        ),
        end_event("done"),
        *path("asked", "prepare", "rest", "report", "done"),
        candidate_starter_groups="employer",
        names=NAMES,
        properties={"unit": "almaty", "party": "150140000012"},
    )


def save(folder: Path, drawn: Element | None = None) -> Path:
    """Saves the diagram and its forms into a folder; returns the diagram's file."""
    forms = folder / "errand" / "forms"
    forms.mkdir(parents=True, exist_ok=True)
    (forms / "ask.json").write_bytes(orjson.dumps(ASK))
    (forms / "report.json").write_bytes(orjson.dumps(REPORT))
    file = folder / "errand.bpmn"
    file.write_bytes(diagram(errand() if drawn is None else drawn))
    return file
