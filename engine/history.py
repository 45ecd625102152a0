"""The chain of history: each event carries the hash of the one before.

An event's hash covers, as canonical JSON, the version of this format, its stream, number, moment,
kind, actor, the salted digest of its payload, and the hash before it. The payload itself is not
covered, only its digest, so that it can be erased by law and the chain stays whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from engine.store.codec import dump_canonical
from engine.store.history import EventRecord

FORMAT_VERSION = 1
FIRST = "0" * 64
ADMINISTRATION = "administration"


@dataclass(frozen=True)
class ChainFault:
    """What is wrong with a chain, and where."""

    stream: str
    number: int | None
    message: str

    def __str__(self) -> str:
        place = "" if self.number is None else f", event {self.number}"
        return f"{self.stream}{place}: {self.message}"


def payload_digest(salt: bytes, payload: bytes) -> str:
    """The salted digest that stands for a payload."""
    return hashlib.sha256(salt + payload).hexdigest()


def event_hash(
    stream: str, number: int, at: str, kind: str, actor: str, digest: str, previous: str
) -> str:
    """The hash of one event."""
    covered = [FORMAT_VERSION, stream, number, at, kind, actor, digest, previous]
    return hashlib.sha256(dump_canonical(covered)).hexdigest()


def verify_chain(
    stream: str, length: int, head: str, events: Iterable[EventRecord]
) -> list[ChainFault]:
    """Checks one chain against the length and head kept beside it; an empty list means whole."""
    faults: list[ChainFault] = []
    previous, expected = FIRST, 0
    for event in events:
        expected += 1
        if event.number != expected:
            faults.append(
                ChainFault(stream, expected, f"expected event {expected}, found {event.number}")
            )
            expected = event.number
        fault = _payload_fault(event)
        if fault is not None:
            faults.append(ChainFault(stream, event.number, fault))
        computed = event_hash(
            stream,
            event.number,
            event.at,
            event.kind,
            event.actor,
            event.payload_digest,
            previous,
        )
        if computed != event.hash:
            faults.append(
                ChainFault(stream, event.number, "the event or the one before it changed")
            )
        previous = event.hash
    if expected != length:
        faults.append(ChainFault(stream, None, f"expected {length} events, found {expected}"))
    elif previous != head:
        faults.append(ChainFault(stream, None, "the last event is not the one kept as the head"))
    return faults


def _payload_fault(event: EventRecord) -> str | None:
    """What is wrong with the payload of an event; None where it is whole or was erased."""
    salt: object = event.salt
    payload: object = event.payload
    if salt is None and payload is None:
        return None
    if salt is None or payload is None:
        return "the payload was half erased"
    if not isinstance(salt, bytes) or not isinstance(payload, bytes):
        return "the payload was changed to what is not bytes"
    if payload_digest(salt, payload) != event.payload_digest:
        return "the payload was changed"
    return None
