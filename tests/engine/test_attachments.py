"""What a file is by its content, and the name it is kept under."""

from __future__ import annotations

import zlib

import pytest

from engine.attachments import (
    JPEG,
    PDF,
    PNG,
    AttachmentRefused,
    examine,
    media_type_of,
    safe_name,
)
from tests.support.files import jpeg, pdf, png


@pytest.mark.parametrize(
    ("content", "media_type"), [(pdf(), PDF), (jpeg(), JPEG), (png(), PNG), (pdf() + b"\r\n", PDF)]
)
def test_a_file_is_known_by_how_it_hangs_together(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 and nothing of a PDF",
        b"<script>alert(1)</script>" + pdf(),
        pdf()[:-8],
        pdf() + b"<html>",
        jpeg()[:-2],
        b"\xff\xd8\xff\xe0<?php ?>\xff\xd9",
        png()[:-1],
        png() + b"PK\x03\x04",
        png().replace(b"IHDR", b"IHDX"),
        png()[:30] + b"\0" + png()[31:],
        b"\x89PNG\r\n\x1a\n",
        b"MZ" + bytes(100),
        b"GIF89a" + bytes(20),
    ],
)
def test_what_only_begins_like_one_is_none(content: bytes) -> None:
    assert media_type_of(content) is None


def test_a_png_without_a_picture_is_none() -> None:
    head = png()[:33]
    end = b"\0\0\0\0IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")
    assert media_type_of(head + end) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("сенімхат.pdf", "сенімхат.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\скан.PDF", "скан.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.backup", "_LPT1.backup.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("photo.jpg", "photo.pdf"),
        ('q<u>"o"|t?e*.pdf', "q-u-o-t-e-.pdf"),
        (" . .pdf", "document.pdf"),
        ("", "document.pdf"),
        ("и\u0306.pdf", "й.pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given, PDF) == kept


def test_a_long_name_stays_below_what_file_systems_take() -> None:
    assert len(safe_name("қ" * 400 + ".pdf", PDF).encode()) < 255


def test_too_large_a_file_is_refused_with_both_sizes() -> None:
    with pytest.raises(AttachmentRefused) as refused:
        examine("a.pdf", b"x" * (2 * 1024**2 + 600 * 1024), 2 * 1024**2)
    assert refused.value.messages["en"].startswith("The file is too large: 2.6 MB")
    assert "2,6 МБ" in refused.value.messages["ru"]
    assert refused.value.messages["kk"].endswith("2 МБ аспайтын файлды тіркеңіз")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(AttachmentRefused, match="empty"):
        examine("a.pdf", b"", 100)
