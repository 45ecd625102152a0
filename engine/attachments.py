"""Files that people attach: what they are by their content, and a name that is safe to keep.

Neither the name nor the type that a browser sends is believed.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import EngineError

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS: Mapping[str, str] = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}

_LONGEST_STEM = 80
"""Characters of a name without its ending: as UTF-8 it stays below what file systems take."""

_TAIL = 2048
_OTHER_TYPE = {
    "kk": "PDF, JPEG немесе PNG файлын тіркеңіз. Бұл файлдың мазмұны басқа түрде немесе бүлінген",
    "ru": "Приложите файл PDF, JPEG или PNG. По содержанию этот файл другой или повреждён",
    "en": "Attach a PDF, JPEG or PNG file. By its content this file is another kind, or damaged",
}
_TOO_LARGE = {
    "kk": "Файл тым үлкен: {size} МБ. {limit} МБ аспайтын файлды тіркеңіз",
    "ru": "Файл слишком большой: {size} МБ. Приложите файл не больше {limit} МБ",
    "en": "The file is too large: {size} MB. Attach a file of at most {limit} MB",
}
_EMPTY = {
    "kk": "Файл бос. Басқа файлды тіркеңіз",
    "ru": "Файл пустой. Приложите другой файл",
    "en": "The file is empty. Attach another one",
}
_SEPARATORS = re.compile(r"[/\\]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_ENDING = re.compile(r"(?i)\.(pdf|jpe?g|jfif|png)$")
_SIZED_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


class AttachmentRefused(EngineError):
    """A file can't be attached; `messages` say why, by language."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(messages["en"])
        self.messages = dict(messages)


@dataclass(frozen=True)
class Attachment:
    """A file that may be kept: `name` is safe, `media_type` is by the content."""

    name: str
    media_type: str
    content: bytes


def examine(name: str, content: bytes, most_bytes: int) -> Attachment:
    """The attachment that a sent file is. Raises AttachmentRefused."""
    if not content:
        raise AttachmentRefused(_EMPTY)
    if len(content) > most_bytes:
        raise AttachmentRefused(_too_large(len(content), most_bytes))
    media_type = media_type_of(content)
    if media_type is None:
        raise AttachmentRefused(_OTHER_TYPE)
    return Attachment(safe_name(name, media_type), media_type, content)


def media_type_of(content: bytes) -> str | None:
    """PDF, JPEG or PNG by how the bytes begin, hang together and end; None for anything else."""
    if _is_pdf(content):
        return PDF
    if _is_jpeg(content):
        return JPEG
    return PNG if _is_png(content) else None


def safe_name(name: str, media_type: str) -> str:
    """A file name without a path, control characters, turned directions and reserved names.

    Its ending is that of the type.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    visible = "".join(
        " " if each.isspace() else each
        for each in last
        if each.isspace() or unicodedata.category(each)[0] != "C"
    )
    stem = _ENDING.sub("", _NOT_IN_NAMES.sub("-", " ".join(visible.split())))
    stem = stem.strip(" .")[:_LONGEST_STEM].rstrip(" .") or "document"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem + ENDINGS[media_type]


def _too_large(size: int, most: int) -> dict[str, str]:
    return {
        language: text.format(size=_mebibytes(size, language), limit=_mebibytes(most, language))
        for language, text in _TOO_LARGE.items()
    }


def _mebibytes(size: int, language: str) -> str:
    shown = f"{size / 1024**2:.1f}".removesuffix(".0")
    return shown if language == "en" else shown.replace(".", ",")


def _is_pdf(content: bytes) -> bool:
    """The header at the very beginning, the cross-reference and the end mark at the end."""
    tail = content[-_TAIL:]
    return (
        re.match(rb"%PDF-[12]\.[0-9]", content) is not None
        and re.search(rb"startxref\s+[0-9]+\s+%%EOF\s*\Z", tail) is not None
        and b" obj" in content
    )


def _is_png(content: bytes) -> bool:
    """Whole chunks with right checksums, from the header to the end, and nothing after it."""
    if not content.startswith(_PNG_MAGIC):
        return False
    kinds: list[bytes] = []
    at = len(_PNG_MAGIC)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        end = at + 8 + length
        if end + 4 > len(content) or not kinds and (kind != b"IHDR" or length != 13):
            return False
        if zlib.crc32(content[at + 4 : end]) != int.from_bytes(content[end : end + 4], "big"):
            return False
        kinds.append(kind)
        at = end + 4
        if kind == b"IEND":
            return at == len(content) and b"IDAT" in kinds
    return False


def _is_jpeg(content: bytes) -> bool:
    """Whole segments with a frame's size before the picture's data, and the end mark."""
    if not content.startswith(b"\xff\xd8\xff") or not content.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return False
    has_size, at = False, 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(content):
            return False
        if marker in _SIZED_FRAMES:
            has_size = (
                length >= 8 and any(content[at + 5 : at + 7]) and any(content[at + 7 : at + 9])
            )
        if marker == 0xDA:
            return has_size
        at += 2 + length
    return False
