"""Documents: a Typst template and data give the bytes of a PDF.

The data reaches the template as one JSON value (`#let data = json(bytes(sys.inputs.data))`),
never as template text: what a person wrote can't become markup or code.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

import typst

from engine.errors import EngineError

PDF = "application/pdf"

FONTS = Path(__file__).parent / "fonts"

_FORBIDDEN = re.compile(rb"\b(import|include|eval|plugin)\b")


class DocumentNotRendered(EngineError):
    """The template is refused, does not compile, or asks for data that is not there."""


def render(template: bytes, data: Mapping[str, object], layout: bytes = b"") -> bytes:
    """A PDF: the same template and data give the same bytes.

    Only the fonts shipped in `fonts/` are used. A template can't import packages (they would be
    fetched from the network), read files or run text as code; what several share, `layout`, stands
    before it. Raises DocumentNotRendered.
    """
    _require_own_text(layout)
    _require_own_text(template)
    source = layout + b"\n" + template if layout else template
    try:
        content = typst.Compiler(
            source,
            root=FONTS,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        ).compile(format="pdf", timestamp=0)
    except typst.TypstError as error:
        raise DocumentNotRendered(
            f"Expected the template to compile with its data, but {error.message}"
        ) from error
    if not isinstance(content, bytes):
        raise DocumentNotRendered("Expected the template to give one document, but it gave none")
    return content


def _require_own_text(template: bytes) -> None:
    refused = _FORBIDDEN.search(template)
    if refused:
        line = template.count(b"\n", 0, refused.start()) + 1
        raise DocumentNotRendered(
            f"Expected a template of one file without code from outside, but line {line} "
            f"has {refused.group().decode()!r}"
        )


def file_name(*parts: str) -> str:
    """A name for a PDF, without what a file system or a header would trip over."""
    name = re.sub(r"[^\w.,() -]+", "-", " ".join(parts)).strip(" .-")
    return f"{name[:120]}.pdf"


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
