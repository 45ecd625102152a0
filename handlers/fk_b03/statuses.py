"""What a status allows the employer to do, as `fk_b03/statuses.json` says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.completion_check import Completion, CompletionRefused, completion_check
from handlers.fk_b03.refusals import NOT_NOW
from handlers.shared.reference_data import ReferenceData, reference_data_of
from handlers.shared.texts import LANGUAGES, Texts, fill

_FILE = "fk_b03/statuses.json"
_DELETE = "delete"


def status_names(reference_data: ReferenceData, status: str) -> Texts:
    """What a status is called; its code where it has no name."""
    names: Texts = _status(reference_data, status).get("names", {})
    return names or dict.fromkeys(LANGUAGES, status)


def allows(reference_data: ReferenceData, status: str | None, action: str) -> bool:
    """Whether the employer may do this while an application has the status."""
    return action in _status(reference_data, status).get("allows", ())


@completion_check("fk_b03.delete")
def may_be_deleted(completion: Completion) -> None:
    """An application is deleted only while its status allows it. Raises CompletionRefused."""
    reference_data = reference_data_of(completion)
    if not allows(reference_data, completion.status, _DELETE):
        names = status_names(reference_data, completion.status or "")
        raise CompletionRefused({"": fill(NOT_NOW, {"status": names})})


def _status(reference_data: ReferenceData, status: str | None) -> Mapping[str, Any]:
    known: Mapping[str, Mapping[str, Any]] = json.loads(reference_data.file(_FILE))
    return known.get(status or "", {})
