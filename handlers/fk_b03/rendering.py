"""The documents of FK-B.03: each is its template below the layout that they all share."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.shared.documents import render
from handlers.shared.reference_data import ReferenceData

_LAYOUT = "fk_b03/layout.typ"


def rendered(reference_data: ReferenceData, name: str, data: Mapping[str, object]) -> bytes:
    """The PDF of `fk_b03/<name>.typ` with its data.

    Raises ReferenceDataMissing, DocumentNotRendered.
    """
    template = reference_data.file(f"fk_b03/{name}.typ")
    return render(template, data, layout=reference_data.file(_LAYOUT))
