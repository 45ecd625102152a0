"""What the employer is told: notices of `fk_b03/notices.json`, filled in and sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.errors import EngineError
from engine.external_task import ExternalTask, TemporaryFailure
from handlers.fk_b03.application import number_of
from handlers.shared.notice_texts import Notice, NoticeTexts
from handlers.shared.notifications import Cabinet, CabinetUnavailable, Message
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import (
    LANGUAGES,
    Texts,
    fill,
    placeholder_names,
    show_date,
    show_moment,
)

APPLICATION = "fk_b03"
EMPLOYERS_FORMS = ("fk_b03/forms/details.json", "fk_b03/forms/application.json")
"""What the employer fills in, and a remark may name fields of."""


class NoticeIncomplete(EngineError):
    """A notice names something that the process does not have."""


def compose(notice: Notice, values: Mapping[str, object]) -> tuple[Texts, Texts]:
    """Subject and body of a notice with the values filled in.

    Dates and moments among the values are written as people write them.
    Raises NoticeIncomplete rather than send a text with an open place.
    """
    missing = sorted(placeholder_names(notice.subject, notice.body) - values.keys())
    if missing:
        raise NoticeIncomplete(
            f"Expected {', '.join(missing)} for notice {notice.key}, "
            "but it is not among the variables"
        )
    shown = {name: as_shown(value) for name, value in values.items()}
    return fill(notice.subject, shown), fill(notice.body, shown)


def tell(
    task: ExternalTask,
    cabinet: Cabinet,
    notices: NoticeTexts,
    notice: str,
    party: str,
    values: Mapping[str, object],
    *,
    email: str | None = None,
    at: datetime | None = None,
    part: str = "",
) -> None:
    """Sends a notice about the case of a job, once however often the job is tried.

    `email` is the address that the case names, if it does. `at`: when what is told of happened, if
    not now. `part` tells one notice of a job from another. Raises NoValidRow, NoticeIncomplete,
    TemporaryFailure.
    """
    number = number_of(task)
    told = notices.notice(APPLICATION, notice, task.today)
    subject, body = compose(told, {**values, "number": number})
    message = Message(
        party=party,
        notice=notice,
        subject=subject,
        body=body,
        sent_at=at or task.now,
        business_key=task.business_key,
        email=email or None,
        instance_id=task.instance_id,
        unit=task.unit,
        by_email=told.by_email,
    )
    key = f"{task.idempotency_key}:{part}" if part else task.idempotency_key
    try:
        cabinet.send(message, key)
    except CabinetUnavailable as error:
        raise TemporaryFailure(str(error)) from error


def placeholders(variables: Mapping[str, Any], reference_data: ReferenceData) -> dict[str, object]:
    """Variables as placeholders: `{remark}`, and `{vacancy.title}` for what lies inside one.

    `{eligibility.failed}` is the list of the conditions that are not met, `{field_remarks}` that of
    the remarks on fields, each on a line of its own; nothing where there are none.
    """
    values: dict[str, object] = dict(variables)
    for name, variable in variables.items():
        if isinstance(variable, Mapping):
            values.update({f"{name}.{key}": value for key, value in variable.items()})
    values["field_remarks"] = remarks_on_fields(variables.get("field_remarks"), reference_data)
    eligibility = variables.get("eligibility")
    if isinstance(eligibility, Mapping):
        values["eligibility.failed"] = failed_conditions(eligibility)
    return values


def remarks_on_fields(remarks: object, reference_data: ReferenceData) -> Texts:
    """The remarks {field: remark} by language, as the forms call the fields."""
    lines: Texts = dict.fromkeys(LANGUAGES, "")
    for name, remark in remarks.items() if isinstance(remarks, Mapping) else ():
        label = reference_data.field_label(EMPLOYERS_FORMS, name)
        for language in LANGUAGES:
            lines[language] += f"\n— {label[language]}: {remark}"
    return lines


def failed_conditions(eligibility: Mapping[str, Any]) -> Texts:
    """The conditions that are not met, one a line: title, reason, what to do and where."""
    failed = [item for item in eligibility["conditions"] if item["met"] is False]
    return {
        language: "\n".join(
            f"{item['number']}. {item['title'][language]}. {item['reason'][language]} "
            f"{item['advice'][language]}"
            for item in failed
        )
        for language in LANGUAGES
    }


def as_shown(value: object) -> object:
    """How a value stands in a message: dates and moments as people write them, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, str) and value[:1].isdigit():
        return _as_day(value) or _as_moment(value) or value
    return value


def _as_day(text: str) -> str | None:
    try:
        return show_date(date.fromisoformat(text)) if len(text) == 10 else None
    except ValueError:
        return None


def _as_moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text) if len(text) > 10 else None
    except ValueError:
        return None
    return show_moment(moment) if moment is not None and moment.tzinfo else None
