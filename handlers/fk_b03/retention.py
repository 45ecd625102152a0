"""What FK-B.03 keeps of a case: checks and heads go with it, the ledger of places stays."""

from __future__ import annotations

from engine.retention import ErasedInstance, on_erasure
from handlers.fk_b03 import records
from handlers.fk_b03.application import number_of


@on_erasure
def forget_checks(erased: ErasedInstance) -> None:
    """The checks of the enterprise that were carried out in the case.

    The ledger of places stays: it is the account of what the budget pays for, by BIN or IIN, year,
    measure and number of places.
    """
    records.forget_checks(erased.connection, erased.jobs)


@on_erasure
def forget_filed_head(erased: ErasedInstance) -> None:
    """Who headed the enterprise when the application of the case was filed."""
    records.forget_filed_head(erased.connection, number_of(erased))
