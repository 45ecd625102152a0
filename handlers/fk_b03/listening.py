"""What the engine tells of a case: its status has changed, a task's follow-up date has come."""

from __future__ import annotations

from datetime import datetime

from engine.external_task import ExternalTask, external_task
from handlers.fk_b03.notices import APPLICATION, tell
from handlers.fk_b03.statuses import status_names
from handlers.shared.notice_texts import FILE, NoticeTexts
from handlers.shared.notifications import Cabinet
from handlers.shared.reference_data import ReferenceData

_EMPLOYER = "employer"
_OTHER = "status/other"


@external_task("fk_b03.tell_status")
def tell_status(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
    reference_data: ReferenceData,
    status: str,
    changed_at: str,
    bin: str,
    email: str = "",
) -> None:
    """The employer is told of a status, unless a step of the diagram tells of it (`told_by`).

    A status without a notice of its own is told by its name, so that none passes in silence.
    """
    table = reference_data.table(f"{APPLICATION}/{FILE}")
    if status in table.extras.get("told_by", {}).get(task.process_id, {}):
        return
    notice = f"status/{status}"
    if not notices.has(APPLICATION, notice, task.today):
        notice = _OTHER
    values = {"status": status_names(reference_data, status)}
    at = datetime.fromisoformat(changed_at)
    tell(task, cabinet, notices, notice, bin, values, email=email, at=at)


@external_task("fk_b03.remind")
def remind(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
    user_task: dict,
    bin: str,
    email: str = "",
) -> None:
    """The employer is reminded of what waits for them; staff see it in their task list."""
    if _EMPLOYER not in user_task["candidate_groups"]:
        return
    values = {"task": user_task["names"], "due": user_task["due_at"]}
    tell(task, cabinet, notices, "reminder", bin, values, email=email)
