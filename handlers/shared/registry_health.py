"""Whether registries answer at all: each is asked about a number that is nobody's.

That tells a wrong route, a wrong token or a gateway of another kind before an employer's check
does. A check that meets the same waits: it is no refusal.
"""

from __future__ import annotations

from collections.abc import Collection

from handlers.shared.asking import ask_all
from handlers.shared.registries import EnterpriseRegistry

NOBODY = "000000000000"
"""The number that is asked about: right in form, and never given to anybody."""


def registry_problems(registry: EnterpriseRegistry, names: Collection[str]) -> dict[str, str]:
    """What is wrong (in English), by registry; one that answers is not there."""
    asked = ask_all(lambda name: registry.ask(name, NOBODY), names, lambda _so_far: None)
    return {name: asked.missing[name].reason for name in sorted(asked.missing)}
