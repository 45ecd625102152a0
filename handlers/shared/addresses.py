"""To which address an enterprise's e-mails go."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from engine.addresses import is_email
from handlers.shared import email_records
from handlers.shared.details_records import details_in_force

AddressOf = Callable[[str], str | None]
"""The address of who acts for an enterprise, by its BIN or IIN; None where nobody has one."""

DETAIL = "email"
"""The field of kept details that holds the address."""


def address_for(
    connection: Connection, party: str, named: str | None, address_of: AddressOf
) -> str | None:
    """The first that is an address: the one that the case names, that of the kept details, the one
    that was written to last, that of the person; None where there is none."""
    found = _known(connection, party, named, address_of)
    return next((each for each in found if each and is_email(each)), None)


def _known(
    connection: Connection, party: str, named: str | None, address_of: AddressOf
) -> Iterator[str | None]:
    yield named
    kept = details_in_force(connection, party)
    yield None if kept is None else str(kept.details.get(DETAIL) or "")
    yield email_records.last_address(connection, party)
    yield address_of(party)
