"""Every attack of the corpus ends soon, within bounds, in what its table says, and in JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.engine.feel.attacks.attack import Attack, ModelAttack, Value
from tests.engine.feel.attacks.making import make, watched
from tests.engine.feel.attacks.tables import ATTACKS
from tests.support.pace import within

ROOT = Path(__file__).parents[3]
MOST_LAPS = 300
MOST_MEBIBYTES = 300


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack(attack: Attack | ModelAttack) -> None:
    with within(MOST_LAPS), watched():
        outcome = make(attack)
    assert type(outcome) is type(attack.must), outcome
    if isinstance(attack.must, Value) or isinstance(outcome, Value):
        assert outcome == attack.must
    else:
        assert re.search(attack.must.reason, outcome.reason, re.IGNORECASE)


@pytest.mark.slow
def test_no_attack_takes_much_memory() -> None:
    command = [sys.executable, "-m", "tests.engine.feel.attacks"]
    printed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(printed.stdout)
    assert found["attacks"] == len(ATTACKS)
    assert found["mebibytes"] < MOST_MEBIBYTES, found["most"]


def test_each_attack_has_a_name_of_its_own() -> None:
    twice = [name for name, count in Counter(each.name for each in ATTACKS).items() if count > 1]
    assert not twice
