"""Time stamps (RFC 3161) that come with a signature: they prove that it was there at a moment."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import tsp

from engine.errors import SignatureRefused
from engine.signatures import oids
from engine.signatures.chain import build_chain
from engine.signatures.checks import (
    CLOCK_DIFFERENCE,
    algorithms,
    check_digest,
    check_signature,
)
from engine.signatures.parsing import MALFORMED, SignedMessage, parse
from engine.signatures.refusal import refused
from engine.signatures.subject import extended_key_usages
from engine.signatures.trust import TrustStore

NOT_CONFIGURED, ABSENT = "not configured", "absent"
VERIFIED, NOT_VERIFIED = "verified", "not verified"


class TimeStampMode(StrEnum):
    """off: not asked for and not looked at. soft: what became of it is kept.

    required: a signature without a time stamp that can be verified is refused.
    """

    OFF = "off"
    SOFT = "soft"
    REQUIRED = "required"


@dataclass(frozen=True)
class TimeStamp:
    """What is known of a signature's time stamp: one of the words above; the moment it proves."""

    outcome: str
    moment: datetime | None = None


def check_time_stamp(
    message: SignedMessage, trust: TrustStore, at: datetime, mode: TimeStampMode
) -> TimeStamp:
    """The time stamp of a signature that arrived at the moment `at`.

    It must cover the signature's value, be signed by a key for time stamps whose certificate leads
    to a trusted root, and be within a day of `at`. Raises SignatureRefused (time_stamp).
    """
    if mode is TimeStampMode.OFF:
        return TimeStamp(NOT_CONFIGURED)
    if message.time_stamp is None:
        if mode is TimeStampMode.REQUIRED:
            raise refused("time_stamp", case="absent")
        return TimeStamp(ABSENT)
    try:
        return TimeStamp(VERIFIED, _moment(message.time_stamp, message.signature, trust, at))
    except (SignatureRefused, *MALFORMED) as error:
        if mode is TimeStampMode.REQUIRED:
            raise refused("time_stamp") from error
        return TimeStamp(NOT_VERIFIED)


def _moment(token: bytes, signature: bytes, trust: TrustStore, at: datetime) -> datetime:
    """What a token proves of a signature's value. Raises SignatureRefused or one of MALFORMED."""
    message = parse(token, trust.issuing)
    digest_name, key_kind = algorithms(message)
    if {message.content_type, message.signed_content_type} != {oids.TIME_STAMP_INFO}:
        raise refused("content_type")
    content = message.attached or b""
    check_digest(message, content, digest_name)
    check_signature(message, digest_name, key_kind)
    if oids.TIME_STAMPING not in extended_key_usages(message.signer):
        raise refused("extended_key_usage")
    build_chain(message.signer, message.certificates, trust, at)
    return _imprinted(content, signature, at)


def _imprinted(content: bytes, signature: bytes, at: datetime) -> datetime:
    info = tsp.TSTInfo.load(content, strict=True)
    imprint = info["message_imprint"]
    digest_name = oids.DIGESTS[imprint["hash_algorithm"]["algorithm"].dotted]
    digest = hashlib.new(digest_name, signature).digest()
    moment: datetime = info["gen_time"].native
    if not hmac.compare_digest(digest, imprint["hashed_message"].native):
        raise refused("message_digest")
    if abs(moment - at) > CLOCK_DIFFERENCE:
        raise refused("signing_time")
    return moment
