"""Identifiers of Kazakhstan: IIN, BIN, account numbers (IBAN), bank codes (BIC), KATO."""

from __future__ import annotations

import re
from datetime import date

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_NINE_DIGITS = re.compile(r"[0-9]{9}")
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_BIN_KINDS = frozenset("456")
_READ = 4
"""Digits of a number that is masked which are to be read."""


def iin_check_digit(first_eleven: str) -> int | None:
    """The twelfth digit of an IIN or BIN; None where these eleven digits can't be used.

    Weights 1…11 modulo 11; if that is 10, weights 3…11, 1, 2; if 10 again there is none.
    """
    digits = [int(character) for character in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest != 10:
            return rest
    return None


bin_check_digit = iin_check_digit
"""A BIN's twelfth digit is made like an IIN's."""


def masked(number: str) -> str:
    """A number of which the end is to be read only: enough to tell it by, but no day of birth."""
    return "•" * max(0, len(number) - _READ) + number[-_READ:]


def is_iin(value: str) -> bool:
    """An individual's number: a date of birth, a century and sex digit 1-6, the check digit."""
    return _has_check_digit(value) and birth_date(value) is not None


def birth_date(iin: str) -> date | None:
    """The date of birth that an IIN carries; None where there is no such date."""
    century = _CENTURIES.get(iin[6])
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def is_bin(value: str) -> bool:
    """An enterprise's number: year and month of registration, its kind 4-6, the check digit."""
    return _has_check_digit(value) and value[4] in _BIN_KINDS and 1 <= int(value[2:4]) <= 12


def is_iin_or_bin(value: str) -> bool:
    """The number of an enterprise: a BIN, or the IIN of a sole trader."""
    return is_bin(value) or is_iin(value)


def is_kz_iban(value: str) -> bool:
    """An account number (ИИК) of Kazakhstan: `KZ`, 18 characters, ISO 13616 check by mod 97.

    Spaces between the groups are allowed.
    """
    try:
        return IBAN(value).country_code == "KZ"
    except SchwiftyException:
        return False


def is_bic(value: str) -> bool:
    """A bank code (БИК) by ISO 9362: 8 or 11 characters with a country's code."""
    if value != value.strip().upper():
        return False
    try:
        BIC(value)
    except SchwiftyException:
        return False
    return True


def is_kato(value: str) -> bool:
    """A territory's code: nine digits, the first two of them a region."""
    return _NINE_DIGITS.fullmatch(value) is not None and not value.startswith("00")


def _has_check_digit(value: str) -> bool:
    return _TWELVE_DIGITS.fullmatch(value) is not None and iin_check_digit(value[:11]) == int(
        value[11]
    )
