"""What stands for the world in a demonstration.

`enterprises.json`: invented enterprises («Үлгі-1» …) as the state registries would know them.
Numbers 1 to 5 pass, 101 to 114 each fail one of the thirteen conditions, for 201 one registry is
down. `files`: in the stead of files beside the diagrams.
"""

from __future__ import annotations

from pathlib import Path

ENTERPRISES = Path(__file__).parent / "enterprises.json"
"""A file for `FileRegistry`."""

FILES = Path(__file__).parent / "files"
"""A directory for `ReferenceData`: windows that are open on every day."""
