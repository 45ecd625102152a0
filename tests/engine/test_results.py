"""Results of commands: written down once, and given again to a command that is sent again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args, get_type_hints

import pytest

from engine.processors import PROCESSORS
from engine.results import RESULTS, Uploaded, from_plain, to_plain


@pytest.mark.parametrize("command", PROCESSORS, ids=lambda command: command.__name__)
def test_what_a_command_gives_can_be_given_again(command: type) -> None:
    given = get_type_hints(PROCESSORS[command])["return"]
    kinds = [each for each in get_args(given) or (given,) if each is not type(None)]
    assert kinds
    assert {kind.__name__: RESULTS.get(kind.__name__) for kind in kinds} == {
        kind.__name__: kind for kind in kinds
    }


def test_a_result_is_the_same_after_it_was_written_down() -> None:
    kept = Uploaded("u", "scan.pdf", "application/pdf", 12, datetime(2026, 3, 2, 9, tzinfo=UTC))
    plain = to_plain(kept)
    plain["value"]["expires_at"] = kept.expires_at.isoformat()
    assert from_plain(plain) == kept
