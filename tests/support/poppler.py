"""What a PDF says, as the programs of poppler read it."""

from __future__ import annotations

import shutil
import subprocess

from tests.support.pieces import missing


def text_of(pdf: bytes, *options: str) -> str:
    """The words of all pages with one space between; in reading order where nothing is asked."""
    return " ".join(told_by("pdftotext", pdf, *(options or ("-raw",)), output="-").split())


def told_by(name: str, pdf: bytes, *options: str, output: str | None = None) -> str:
    """What a program writes of a PDF. Without the program the test is skipped."""
    program = shutil.which(name)
    if program is None:
        missing(name)
    command = [program, *options, "-", *([output] if output else [])]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
