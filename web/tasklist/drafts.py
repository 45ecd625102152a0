"""The draft of a task on a page: what the page goes on from, and what was saved elsewhere since.

A page says with every press which version of the draft it was shown, and which page it is. So two
tabs, or two people, never overwrite each other's answers unasked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request

from engine.commands import SaveTaskDraft
from engine.errors import DraftChanged
from engine.queries.task_detail import TaskDetail
from web.changes import Change, changes_since
from web.language import language
from web.presses import new_command_id

VERSION, EDITOR = "draft_version", "draft_editor"
_EDITOR = re.compile(r"[0-9a-f]{32}")
_VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Elsewhere:
    """A draft that was saved elsewhere meanwhile: by whom, when, and what differs from it.

    In `changes`, `before` is what was saved there, `after` what stands here. `version` is the one
    to go on from.
    """

    who: str | None
    at: datetime | None
    version: int
    changes: Sequence[Change]


def version() -> int | None:
    """The version that the page was shown; None where it says none."""
    given = request.form.get(VERSION, "")
    return int(given) if _VERSION.fullmatch(given) else None


def editor() -> str | None:
    """The page that the press comes from; None where it does not say."""
    given = request.form.get(EDITOR, "")
    return given if _EDITOR.fullmatch(given) else None


def saving(task: TaskDetail, values: Mapping[str, object], command_id: str) -> SaveTaskDraft:
    """The command that keeps what stands on the page."""
    return SaveTaskDraft(task.id, values, version(), editor(), command_id=command_id)


def saved_elsewhere(
    task: TaskDetail, values: Mapping[str, object], changed: DraftChanged
) -> Elsewhere:
    """What was saved elsewhere beside what stands here. `task` is as it is now."""
    asked = task.form.fields if task.form else ()
    fields = [each for each in asked if not each.read_only and each.kind != "document"]
    told = {field.name: task.values.get(field.name) for field in fields}
    return Elsewhere(
        who=changed.who,
        at=changed.when,
        version=changed.version,
        changes=changes_since(told, fields, values, language()) or [],
    )


def held(task: TaskDetail, elsewhere: Elsewhere | None) -> Mapping[str, object]:
    """The hidden fields of the page: a page that is drawn again stays the one it was.

    Who was told of what was saved elsewhere may go on from that.
    """
    told = version() if elsewhere is None else elsewhere.version
    return {
        VERSION: task.draft_version if told is None else told,
        EDITOR: editor() or new_command_id(),
    }
