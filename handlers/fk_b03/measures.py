"""Which measures an enterprise may choose: by its three confirmations and its legal form.

Source: the employer's guide (S0), section 3, and readings; rows of `fk_b03/measures.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.shared.dated import DatedTable
from handlers.shared.texts import LANGUAGES, Texts


@dataclass(frozen=True)
class MeasuresOffered:
    """Codes (PW, YP, SW, SA) in the order of the table, and which rows decided."""

    codes: tuple[str, ...]
    evidence: tuple[dict[str, str], ...]


def measures_offered(
    table: DatedTable,
    day: date,
    *,
    no_education_order: bool,
    no_medical_care: bool,
    no_grants: bool,
    legal_form: str,
) -> MeasuresOffered:
    """The measures open to an enterprise on the day; none at all is a valid answer.

    A confirmation that is not given counts as not confirmed. Raises NoValidRow.
    """
    answers = "".join(str(int(given)) for given in (no_education_order, no_medical_care, no_grants))
    row = table.row(f"confirmed/{answers}", day)
    decided = [row]
    codes = tuple(row.value)
    form = table.in_force(day).get(f"legal_form/{legal_form}")
    if form is not None:
        decided.append(form)
        codes = tuple(code for code in codes if code in form.value)
    return MeasuresOffered(codes, tuple(table.evidence(row) for row in decided))


def measure_name(table: DatedTable, code: str) -> Texts:
    """What a measure is called, by language; its code where the table does not name it."""
    return dict(table.extras.get("names", {}).get(code) or dict.fromkeys(LANGUAGES, code))


def listed_names(table: DatedTable, codes: Sequence[str]) -> Texts:
    """The names of several measures in one line, by language."""
    names = [measure_name(table, code) for code in codes]
    return {language: ", ".join(name[language] for name in names) for language in LANGUAGES}
