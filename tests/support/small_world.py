"""A small world for the pages: a process, its cases, tasks and documents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from engine.forms import load_form

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DATA = Path(__file__).parents[1] / "web" / "data"


def named(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


PROCESS = named(
    "Субсидияланатын жұмыс орындарын ұйымдастыру",
    "Организация субсидируемых рабочих мест",
    "Organisation of subsidised jobs",
)
CHECK = named(
    "Жұмыс берушінің және өтінімнің НҚА талаптарына сәйкестігін тексеру",
    "Проверить работодателя и заявку на соответствие условиям НПА",
    "Check against the regulations",
)
FILL = named("Өтінім нысанын толтыру", "Заполнить форму заявки", "Fill in the application form")
SIGN = named(
    "ЭЦҚ қол қою және ЕМО (МО) жіберу",
    "Подписать ЭЦП и отправить в ЦТМ (КЦ)",
    "Sign digitally and send",
)
PAPER = SimpleNamespace(
    id="doc-1",
    name="application.pdf",
    media_type="application/pdf",
    sha256="ab" * 32,
    size=48213,
    created_at=NOW - timedelta(hours=51),
    names=named("Өтінім", "Заявка", "Application"),
    step_names=named("Өтінім құжатын жасау", "Сформировать документ заявки", "Make the document"),
    attached=False,
    business_key="APP-2026-00042",
    instance_id="case-1",
    signatures=(
        SimpleNamespace(
            id="sig-1",
            signer="employer-1",
            signed_at=NOW - timedelta(hours=50),
            evidence={"checks": ["parse"]},
            is_open=True,
        ),
    ),
)


def form(name: str) -> Any:
    return load_form(f"demo/forms/{name}.json", (DATA / f"{name}.json").read_bytes())


def task(identifier: str, **changes: Any) -> SimpleNamespace:
    """An open task of a specialist, with whatever the test changes."""
    facts: dict[str, Any] = {
        "id": identifier,
        "state": "open",
        "element_id": "check",
        "names": CHECK,
        "documentation": {},
        "instance_id": "case-1",
        "definition_id": "fk_b03:1",
        "business_key": "APP-2026-00042",
        "process_id": "fk_b03",
        "process_names": PROCESS,
        "title": "ТОО «Үлгі-1»",
        "assignee": None,
        "candidate_groups": ("specialist",),
        "unit": "almaty",
        "party": "150140000012",
        "created_at": NOW - timedelta(days=2),
        "due_at": NOW + timedelta(days=2),
        "priority": 50,
        "overdue": False,
        "sources": ("FK-B.03 2.2",),
        "status": "under_review",
        "form": form("every_kind"),
        "values": {},
        "variables": {"places": 3, "region": "75", "is_ready": True},
        "offered": True,
        "signature": None,
        "remarks": {},
        "earlier": None,
        "shows": (),
        "draft_version": 0,
        "ended_at": None,
        "ended_by": None,
    }
    return SimpleNamespace(**(facts | changes))


def step(names: dict[str, str], source: str, began: int, ended: int | None, **changes: Any) -> Any:
    """A step of an instance; `began` and `ended` are hours before now."""
    facts: dict[str, Any] = {
        "id": f"{source}-{began}",
        "element_id": names["en"].split()[0].lower(),
        "is_work": True,
        "task_id": None,
        "names": names,
        "type": "userTask",
        "sources": (f"FK-B.03 {source}",),
        "lane_names": named("Жұмыс беруші", "Работодатель", "Employer"),
        "started_at": NOW - timedelta(hours=began),
        "ended_at": None if ended is None else NOW - timedelta(hours=ended),
        "outcome": None if ended is None else "completed",
        "who": None if ended is None else "employer-1",
        "due_at": NOW + timedelta(days=2) if ended is None else None,
        "loop_counter": None,
        "decisions": (),
    }
    return SimpleNamespace(**(facts | changes))


def row(identifier: str = "case-1", **changes: Any) -> SimpleNamespace:
    facts: dict[str, Any] = {
        "id": identifier,
        "definition_id": "fk_b03:1",
        "process_id": "fk_b03",
        "process_names": PROCESS,
        "version": 1,
        "business_key": "APP-2026-00042",
        "title": "ТОО «Үлгі-1»",
        "status": "under_review",
        "unit": "almaty",
        "party": "150140000012",
        "state": "active",
        "started_at": NOW - timedelta(days=3),
        "ended_at": None,
        "started_by": "employer-1",
        "incident_count": 0,
        "waiting_for": (
            SimpleNamespace(
                element_id="check",
                names=CHECK,
                since=NOW - timedelta(days=2),
                kind="user_task",
                due_at=NOW + timedelta(days=2),
                candidate_groups=("specialist",),
                candidate_users=(),
                asks=CHECK,
                assignee=None,
                task_id="task-1",
            ),
        ),
    }
    return SimpleNamespace(**(facts | changes))


def instance(**changes: Any) -> SimpleNamespace:
    facts: dict[str, Any] = {
        "row": row(),
        "definition_id": "fk_b03:1",
        "steps": (
            step(FILL, "1.2", 60, 55),
            step(SIGN, "1.4", 55, 50),
            step(CHECK, "2.2", 48, None),
        ),
        "tokens": {"check": 1},
        "failed": (),
        "taken": SimpleNamespace(elements=("start", "fill"), flows=("f1", "f2")),
        "incidents": (),
        "variables": {"places": 3, "region": "75", "is_ready": True},
        "documents": (PAPER,),
    }
    return SimpleNamespace(**(facts | changes))
