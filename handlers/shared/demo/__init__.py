"""What stands for the world in a demonstration.

`enterprises.json`: invented enterprises («Үлгі-1» …) as the state registries would know them.
Numbers 1 to 5 pass, 101 to 114 each fail one of the thirteen conditions, for 201 one registry is
down. `registries.json`: what the registries are called. `registry_server`: answers for them over
HTTP, `registry_moods` makes some of them slow or silent. `files`: in the stead of files beside
the diagrams.
"""

from __future__ import annotations

from pathlib import Path

ENTERPRISES = Path(__file__).parent / "enterprises.json"
"""A file for `FileRegistry`."""

REGISTRIES = Path(__file__).parent / "registries.json"
"""The registries by name, each with what it is called by language."""

FILES = Path(__file__).parent / "files"
"""A directory for `ReferenceData`: windows that are open on every day."""

CLASSIFIERS = Path(__file__).parent / "classifiers"
"""Editions of classifiers, one JSON file each: `{"source", "valid_from", "entries"}`.

The codes are real, the selection is small; the file's name is the classifier's.
"""
