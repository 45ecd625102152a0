"""Small files that are what they say: a PDF, a JPEG, a PNG."""

from __future__ import annotations

import zlib


def pdf(text: str = "paper") -> bytes:
    body = f"%PDF-1.4\n1 0 obj\n<< /Title ({text}) >>\nendobj\n".encode()
    return body + f"trailer\n<< /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def png() -> bytes:
    header = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def jpeg() -> bytes:
    """The segments of a picture of one pixel; its data is not to be drawn."""
    jfif = _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    frame = _segment(0xC0, bytes([8, 0, 1, 0, 1, 1, 1, 0x11, 0]))
    scan = _segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    return b"\xff\xd8" + jfif + frame + scan + b"\x00\x7f" + b"\xff\xd9"


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + checksum


def _segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data
