"""Rows 6.1 to 6.3: the vacancy that follows from an approved application. Pure.

S0: vacancies are made from the approved applications and stay published for 90 calendar days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from handlers.shared.texts import Texts


@dataclass(frozen=True)
class VacancyForm:
    """The form of row 6.1. `salary` is in tenge a month. None: the employer did not write it."""

    title: str | None = None
    duties: str | None = None
    requirements: str | None = None
    salary: float | None = None
    schedule: str | None = None
    contact: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None

    def completed_by(self, other: VacancyForm) -> VacancyForm:
        """This form, with what is missing taken from the other one."""
        values = {}
        for field in fields(self):
            own = getattr(self, field.name)
            values[field.name] = getattr(other, field.name) if own in (None, "") else own
        return VacancyForm(**values)


def prefilled(application: Mapping[str, Any], profession: Texts, measure: Texts) -> VacancyForm:
    """What the approved application tells; its texts stand in Kazakh and in Russian."""
    requisites = application["requisites"]
    return VacancyForm(
        title=_in_both(profession["kk"], profession["ru"]),
        duties=_in_both(measure["kk"], measure["ru"]),
        contact=_in_both(requisites["head_kk"], requisites["head_ru"]),
        contact_phone=requisites["phone"],
        contact_email=requisites["email"],
    )


def published(
    form: VacancyForm,
    application: Mapping[str, Any],
    *,
    published_on: date,
    period: timedelta,
) -> dict[str, Any]:
    """The vacancy as plain data: an application has one, so its id follows from the key.

    `last_day` is the last one of its publication, `expires_on` the day on which it is archived.
    """
    copied = (
        "business_key", "bin", "centre", "measure", "professional_area", "profession",
        "places", "settlement", "for_students", "for_disabled",
    )  # fmt: skip
    expires_on = published_on + period
    return {
        "id": f"V-{application['business_key']}",
        **asdict(form),
        **{name: application[name] for name in copied},
        "enterprise_name": {
            "kk": application["requisites"]["name_kk"],
            "ru": application["requisites"]["name_ru"],
        },
        "published_on": published_on.isoformat(),
        "last_day": (expires_on - timedelta(days=1)).isoformat(),
        "expires_on": expires_on.isoformat(),
    }


def _in_both(kk: str, ru: str) -> str:
    return kk if kk == ru else f"{kk} / {ru}"
