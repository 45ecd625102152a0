"""What the state registries know of an enterprise, read strictly.

An answer in an unexpected form is no answer: a condition is never met or failed by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.shared.registries import RegistryUnavailable
from handlers.shared.texts import Texts

Ask = Callable[[str], Mapping[str, Any] | None]
"""Asks one registry by its name about the enterprise at hand."""


@dataclass(frozen=True)
class EmployeeGroup:
    """Employees of whom the same is known; the contribution is in tenge a month."""

    employees: int
    has_electronic_contract: bool
    pension_contribution: int


@dataclass(frozen=True)
class EnterpriseFacts:
    """All that the thirteen conditions ask for."""

    legal_form: str
    name: Texts
    registered_on: date | None
    heads_match: bool
    contracts_in_force: int
    months_paid: int
    has_debt: bool
    is_unreliable_taxpayer: bool
    takes_part_in_training: bool
    is_insolvent: bool
    provides_social_services: bool
    finances_terrorism: bool
    is_pseudo_enterprise: bool
    finished_last_year: int
    employed_after: int
    employees: tuple[EmployeeGroup, ...]


def read_facts(ask: Ask) -> EnterpriseFacts:
    """Asks every registry. Raises RegistryUnavailable at the first that gives no usable answer."""
    register = _Answer("business_register", ask)
    heads = _Answer("heads", ask)
    payments = _Answer("social_payments", ask)
    insolvency = _Answer("insolvency", ask)
    last_year = _Answer("subsidised_jobs", ask)
    registered_on = register.text("registered_on", "")
    return EnterpriseFacts(
        legal_form=register.text("legal_form", ""),
        name={"kk": register.text("name_kk", ""), "ru": register.text("name_ru", "")},
        registered_on=register.day("registered_on") if registered_on else None,
        heads_match=heads.flag("matches", False),
        contracts_in_force=_Answer("employment_contracts", ask).number("in_force", 0),
        months_paid=payments.number("months_paid", 0),
        has_debt=payments.flag("debt", False),
        is_unreliable_taxpayer=_Answer("unreliable_taxpayers", ask).flag("listed", False),
        takes_part_in_training=_Answer("vocational_training", ask).flag("takes_part", False),
        is_insolvent=insolvency.flag("bankruptcy", False) or insolvency.flag("liquidation", False),
        provides_social_services=_Answer("special_social_services", ask).flag("listed", False),
        finances_terrorism=_Answer("terrorism_financing", ask).flag("listed", False),
        is_pseudo_enterprise=_Answer("pseudo_enterprises", ask).flag("listed", False),
        finished_last_year=last_year.number("finished", 0),
        employed_after=last_year.number("employed", 0),
        employees=_read_groups(_Answer("listed_employees", ask)),
    )


class _Answer:
    """One registry's answer; `absent` is the fact where the registry holds nothing at all."""

    def __init__(self, registry: str, ask: Ask) -> None:
        self._registry = registry
        self._record = ask(registry)

    def text(self, name: str, absent: str) -> str:
        return absent if self._record is None else self._field(self._record, name, str)

    def flag(self, name: str, absent: bool) -> bool:
        return absent if self._record is None else self._field(self._record, name, bool)

    def number(self, name: str, absent: int) -> int:
        return absent if self._record is None else self.number_of(self._record, name)

    def number_of(self, record: Mapping[str, Any], name: str) -> int:
        value = self._field(record, name, int)
        if value < 0:
            raise self._unusable(f"{name} is {value}")
        return value

    def flag_of(self, record: Mapping[str, Any], name: str) -> bool:
        return self._field(record, name, bool)

    def day(self, name: str) -> date:
        text = self.text(name, "")
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self._unusable(f"{name} is {text!r}") from error

    def records(self, name: str) -> list[Mapping[str, Any]]:
        if self._record is None:
            return []
        values = self._field(self._record, name, list)
        for value in values:
            if not isinstance(value, Mapping):
                raise self._unusable(f"{name} holds {value!r}")
        return values

    def _field(self, record: Mapping[str, Any], name: str, kind: type) -> Any:
        value = record.get(name)
        if type(value) is not kind:
            raise self._unusable(f"{name} is {value!r}")
        return value

    def _unusable(self, what: str) -> RegistryUnavailable:
        return RegistryUnavailable(self._registry, f"in its answer {what}")


def _read_groups(answer: _Answer) -> tuple[EmployeeGroup, ...]:
    return tuple(
        EmployeeGroup(
            employees=answer.number_of(group, "employees"),
            has_electronic_contract=answer.flag_of(group, "electronic_contract"),
            pension_contribution=answer.number_of(group, "pension_contribution"),
        )
        for group in answer.records("groups")
    )
