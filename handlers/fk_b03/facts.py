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
    facts: dict[str, Any] = {}
    for registry, read in _READERS.items():
        facts |= read(_Answer(registry, ask(registry)))
    return EnterpriseFacts(**facts)


def check_usable(registry: str, record: Mapping[str, Any] | None) -> None:
    """Raises RegistryUnavailable where the answer of a registry is in an unexpected form."""
    _READERS[registry](_Answer(registry, record))


def contradictions(
    records: Mapping[str, Mapping[str, Any] | None],
) -> dict[str, RegistryUnavailable]:
    """Answers that can't be true together: heads of what is not in the business register.

    That an enterprise is not registered fails a check by itself, so it is not believed then.
    """
    if records["business_register"] is None and records["heads"] is not None:
        reason = "it holds nothing of a number whose heads another registry knows"
        return {"business_register": RegistryUnavailable("business_register", reason)}
    return {}


class _Answer:
    """One registry's answer; `absent` is the fact where the registry holds nothing at all."""

    def __init__(self, registry: str, record: Mapping[str, Any] | None) -> None:
        self._registry = registry
        self._record = record

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

    def word(self, name: str) -> str:
        """A text that a record must have; "" where nothing is held."""
        text = self.text(name, "")
        if self._record is not None and not text.strip():
            raise self._unusable(f"{name} is empty")
        return text

    def day(self, name: str) -> date | None:
        """A day that a record must have; None where nothing is held."""
        if self._record is None:
            return None
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


def _read_register(answer: _Answer) -> dict[str, Any]:
    return {
        "legal_form": answer.word("legal_form"),
        "name": {"kk": answer.text("name_kk", ""), "ru": answer.text("name_ru", "")},
        "registered_on": answer.day("registered_on"),
    }


def _read_insolvency(answer: _Answer) -> dict[str, Any]:
    bankruptcy, liquidation = answer.flag("bankruptcy", False), answer.flag("liquidation", False)
    return {"is_insolvent": bankruptcy or liquidation}


_READERS: Mapping[str, Callable[[_Answer], dict[str, Any]]] = {
    "business_register": _read_register,
    "heads": lambda answer: {"heads_match": answer.flag("matches", False)},
    "employment_contracts": lambda answer: {"contracts_in_force": answer.number("in_force", 0)},
    "social_payments": lambda answer: {
        "months_paid": answer.number("months_paid", 0),
        "has_debt": answer.flag("debt", False),
    },
    "unreliable_taxpayers": lambda answer: {"is_unreliable_taxpayer": answer.flag("listed", False)},
    "vocational_training": lambda answer: {
        "takes_part_in_training": answer.flag("takes_part", False)
    },
    "insolvency": _read_insolvency,
    "special_social_services": lambda answer: {
        "provides_social_services": answer.flag("listed", False)
    },
    "terrorism_financing": lambda answer: {"finances_terrorism": answer.flag("listed", False)},
    "pseudo_enterprises": lambda answer: {"is_pseudo_enterprise": answer.flag("listed", False)},
    "subsidised_jobs": lambda answer: {
        "finished_last_year": answer.number("finished", 0),
        "employed_after": answer.number("employed", 0),
    },
    "listed_employees": lambda answer: {"employees": _read_groups(answer)},
}

REGISTRIES = tuple(_READERS)
"""The registries that the thirteen conditions ask, by name."""
