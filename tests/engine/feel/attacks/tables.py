"""All tables together."""

from __future__ import annotations

from tests.engine.feel.attacks import models, nesting, objects, recursion, sizes, texts
from tests.engine.feel.attacks.attack import Attack, ModelAttack

ATTACKS: tuple[Attack | ModelAttack, ...] = (
    *objects.ATTACKS,
    *sizes.ATTACKS,
    *nesting.ATTACKS,
    *recursion.ATTACKS,
    *texts.ATTACKS,
    *models.ATTACKS,
)
