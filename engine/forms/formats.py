"""What a `format` of a form checks. Others than these are refused when a form is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from engine import identifiers
from engine.addresses import is_email

_TEL_CHARACTERS = re.compile(r"\+?[0-9 ()\-]+")
_TWO_DIGITS = re.compile(r"[0-9]{2}")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_ID = re.compile(r"[0-9a-f]{24}")


def is_date(value: str) -> bool:
    """An ISO date, `2026-01-31`."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_tel(value: str) -> bool:
    """A telephone number: 10 to 15 digits (ITU E.164), spaces, brackets and hyphens between."""
    digits = sum(character.isdigit() for character in value)
    return _TEL_CHARACTERS.fullmatch(value) is not None and 10 <= digits <= 15


def is_kbe(value: str) -> bool:
    """A beneficiary's code (КБЕ): two digits, residency 1-2 and sector 1-9 or 0."""
    return _TWO_DIGITS.fullmatch(value) is not None and value[0] in "12"


def slip(name: str, value: str) -> str:
    """What is wrong with an IIN or a BIN, for a closer sentence: kind, date or check digit.

    Empty where it is not twelve digits, or where the format is another one.
    """
    if name not in ("kz-iin", "kz-bin", "kz-iin-or-bin") or not _TWELVE_DIGITS.fullmatch(value):
        return ""
    if identifiers.is_iin_or_bin(value):
        return "kind"
    looks_like_bin = value[4] in "456" and name != "kz-iin"
    if name != "kz-bin" and not looks_like_bin and identifiers.birth_date(value) is None:
        return "date"
    return "check digit"


def is_document_id(value: str) -> bool:
    """The id of an uploaded file, or of a stored document."""
    return _ID.fullmatch(value) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "document": is_document_id,
    "email": is_email,
    "tel": is_tel,
    "bic": identifiers.is_bic,
    "kz-iin": identifiers.is_iin,
    "kz-bin": identifiers.is_bin,
    "kz-iin-or-bin": identifiers.is_iin_or_bin,
    "kz-iban": identifiers.is_kz_iban,
    "kz-kato": identifiers.is_kato,
    "kz-kbe": is_kbe,
}
