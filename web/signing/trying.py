"""Trying one's signature before it is needed: nothing of it is stored."""

from __future__ import annotations

import base64
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request, session
from werkzeug.exceptions import Forbidden, NotFound

from engine.errors import SignatureRefused
from engine.signatures import Expectation
from engine.signatures.parsing import parse
from engine.signatures.refusal import refused
from web.context import Signatures, now, people, person, surroundings
from web.errors import Page
from web.language import words
from web.signature_check import Certificate, certificate_of
from web.signing.given import given_signature
from web.signing.ways import offered

_CHALLENGE = "signature_to_try"
_OF_AN_ENTERPRISE = frozenset({"organisation", "role"})
_STALE = {
    "kk": "Бет тым ұзақ ашық тұрды. Қайта қол қойып көріңіз.",
    "ru": "Страница была открыта слишком долго. Попробуйте подписать ещё раз.",
    "en": "This page was open for too long. Try the signature again.",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Acceptance:
    """Whether a signature would be accepted for an enterprise; `refusal` says why not."""

    number: str
    names: Mapping[str, str]
    refusal: str = ""


@dataclass(frozen=True)
class Trial:
    """What a tried signature showed. `refusal`: it would be accepted for nobody, and why."""

    certificate: Certificate | None = None
    accepted: tuple[Acceptance, ...] = ()
    refusal: str = ""


def show() -> str:
    """A text to sign, made for this visit."""
    session[_CHALLENGE] = (
        f"Qadam: try my signature. {person().id}, {now().isoformat()}, {secrets.token_hex(16)}"
    )
    return _page()


def examine() -> str | Page:
    """Says whose the signature is, and for which enterprises it would be accepted."""
    signatures = surroundings().signatures
    if signatures is None:
        raise NotFound
    challenge = session.pop(_CHALLENGE, None)
    try:
        if challenge is None:
            raise SignatureRefused("stale", _STALE)
        trial = _tried(signatures, challenge.encode())
    except SignatureRefused as refusal:
        trial = Trial(refusal=words(refusal.messages))
    _log.info("%s tried a signature: %s", person().id, trial.refusal or "read")
    status = 200 if any(not each.refusal for each in trial.accepted) else 422
    return render_template("signing/tried.html", trial=trial), status


def _tried(signatures: Signatures, content: bytes) -> Trial:
    """Raises SignatureRefused where no signature came with the form, or none that can be read."""
    message = parse(_signature(content))
    certificate = certificate_of(message)
    try:
        examined = signatures.examine_message(message, content, now())
    except SignatureRefused as refusal:
        return Trial(certificate, refusal=words(refusal.messages))
    iin = person().iin or ""
    outcomes: list[tuple[Acceptance, str]] = []
    for number in _enterprises(certificate):
        check, sentence = "", ""
        try:
            examined.accept(Expectation(iin, frozenset({number})))
        except SignatureRefused as refusal:
            check, sentence = refusal.check, words(refusal.messages)
        names = people().enterprise(number)
        outcomes.append((Acceptance(number, names, sentence), check))
    if not outcomes:
        raise refused("signer")
    checks = {check for _, check in outcomes}
    if len(checks) == 1 and not checks & {"", *_OF_AN_ENTERPRISE}:
        return Trial(certificate, refusal=outcomes[0][0].refusal)
    return Trial(certificate, tuple(acceptance for acceptance, _ in outcomes))


def _signature(content: bytes) -> bytes:
    """Raises SignatureRefused where none was given; Forbidden outside a demonstration."""
    if request.form.get("way") != "demo":
        return given_signature()
    signer = surroundings().signer
    if signer is None:
        raise Forbidden
    who = person()
    own = next((number for number in _enterprises(None) if number != who.iin), None)
    return signer.sign(content, iin=who.iin or "", bin=own, name=who.names.get("ru") or who.id)


def _enterprises(certificate: Certificate | None) -> list[str]:
    """What the person signs for; for someone with no enterprise, whom the certificate names."""
    who = person()
    own = sorted(who.bins)
    if who.iin is not None and who.iin in (who.parties or ()):
        own.append(who.iin)
    if not own and certificate is not None and certificate.subject.enterprise is not None:
        return [certificate.subject.enterprise]
    return own or ([who.iin] if who.iin else [])


def _page() -> str:
    text = session[_CHALLENGE]
    return render_template(
        "signing/trying.html",
        signing=offered(any_key=True),
        content=base64.b64encode(text.encode()).decode(),
        challenge=text,
    )
