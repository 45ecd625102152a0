"""A signature as a page posts it: from NCALayer, from a file, or pasted."""

from __future__ import annotations

import base64
import binascii
import re

from flask import request

from engine.errors import SignatureRefused
from engine.signatures.refusal import refused

_MISSING = {
    "kk": "Қолтаңба файлы таңдалмаған. Файлды таңдаңыз немесе қолтаңба мәтінін қойыңыз.",
    "ru": "Файл подписи не выбран. Выберите файл или вставьте текст подписи.",
    "en": "No signature was given. Choose its file, or paste its text.",
}
_ARMOUR = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]+-----")


def given_signature() -> bytes:
    """The CMS (DER) that came with the form, in its file or its text.

    Both may be DER, base64 or PEM. Raises SignatureRefused (presence, parse).
    """
    file = request.files.get("cms_file")
    data = (file.read() if file else b"") or request.form.get("cms", "").encode()
    if not data.strip():
        raise SignatureRefused("presence", _MISSING)
    return as_der(data)


def as_der(data: bytes) -> bytes:
    """The bytes that stand behind base64 or PEM; DER is itself. Raises SignatureRefused (parse)."""
    if data[:1] == b"\x30" and not data.isascii():
        return data
    text = b"".join(_ARMOUR.sub(b"", data).split())
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise refused("parse") from error
