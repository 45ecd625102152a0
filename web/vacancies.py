"""The vacancy of a case: what was published, until when, whom to ask, what monitoring found.

A process application gives it as the variable `vacancy`: plain data with `published_on` and
`expires_on` (ISO days), its fields under the names of the form that asked for them. The variable
`contract_end_date` is the last day of its contract. The answers of tasks that ask for `relevance`
are its monitorings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.forms import Field
from engine.queries.instance_detail import InstanceDetail
from web.answers import Fact, facts_of, in_words
from web.context import actor, queries

VACANCY = "vacancy"
_FROM_APPLICATION = ("places", "measure", "region", "district", "settlement")
_WRITTEN = ("title", "duties", "requirements", "salary", "schedule")
_CONTACTS = ("contact", "contact_phone", "contact_email")
_OF_ENTERPRISE = ("phone", "email", "address_kk", "address_ru")
_CONTRACT_END = "contract_end_date"
_RELEVANCE, _NOTE = "relevance", "monitoring_note"


@dataclass(frozen=True)
class Monitoring:
    """What one monitoring found: by whom, when, whether the vacancy is relevant (in words)."""

    who: str
    at: datetime
    is_relevant: bool
    relevance: str
    note: str


@dataclass(frozen=True)
class Vacancy:
    """A vacancy that was published. `archived_on` is the day on which it goes to the archive by
    itself, `last_day` the one before, `days` how many it is published for. `contract_ends_on` is
    the last day of its contract, where the case knows it."""

    title: str
    facts: Sequence[Fact]
    contacts: Sequence[Fact]
    published_on: date
    archived_on: date
    by_system: bool
    is_open: bool
    monitorings: Sequence[Monitoring]
    contract_ends_on: date | None = None

    @property
    def outlives_contract(self) -> bool:
        """Whether it would be published longer than its contract lasts."""
        return self.contract_ends_on is not None and self.contract_ends_on < self.last_day

    @property
    def days(self) -> int:
        return (self.archived_on - self.published_on).days

    @property
    def last_day(self) -> date:
        return self.archived_on - timedelta(days=1)


def vacancy_in(instance: InstanceDetail, *, with_monitorings: bool) -> Vacancy | None:
    """The vacancy of a case, None before it is published. Monitorings are for the staff."""
    given: Any = instance.variables.get(VACANCY)
    if not isinstance(given, Mapping) or "published_on" not in given:
        return None
    fields = queries().fields(actor(), instance.definition_id)
    written = {**instance.variables, **{name: given.get(name) for name in _WRITTEN + _CONTACTS}}
    return Vacancy(
        title=str(given.get("title") or ""),
        facts=_facts(fields, _WRITTEN[1:] + _FROM_APPLICATION, written),
        contacts=_facts(fields, _CONTACTS + _OF_ENTERPRISE, written),
        published_on=date.fromisoformat(given["published_on"]),
        archived_on=date.fromisoformat(given["expires_on"]),
        by_system=instance.variables.get("published_by") == "portal",
        is_open=instance.row.state == "active",
        monitorings=_monitorings(instance, fields) if with_monitorings else (),
        contract_ends_on=_day(instance.variables.get(_CONTRACT_END)),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _facts(
    fields: Mapping[str, Field], names: Sequence[str], values: Mapping[str, object]
) -> list[Fact]:
    return facts_of([fields[name] for name in names if name in fields], values)


def _monitorings(instance: InstanceDetail, fields: Mapping[str, Field]) -> list[Monitoring]:
    """The newest first."""
    asked = fields.get(_RELEVANCE)
    if asked is None:
        return []
    return [
        Monitoring(
            who=each.who,
            at=each.at,
            is_relevant=each.values[_RELEVANCE] == "relevant",
            relevance=in_words(asked, each.values[_RELEVANCE]),
            note=str(each.values.get(_NOTE) or ""),
        )
        for each in reversed(queries().answers(actor(), instance.row.id))
        if _RELEVANCE in each.values
    ]
