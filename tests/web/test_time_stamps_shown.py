"""What pages say of the time stamp of a signature: four outcomes, each in every language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from engine.signatures.time_stamp import ABSENT, NOT_CONFIGURED, NOT_VERIFIED, VERIFIED
from tests.support.evidence import EVIDENCE
from tests.support.small_world import NOW

SENTENCES = {
    VERIFIED: {
        "kk": "20 қараша, 10:59 болғанын дәлелдейді.",
        "ru": "подпись существовала на 20 ноября 2026",
        "en": "A time stamp proves that it was there at 20 November 2026",
    },
    NOT_VERIFIED: {
        "kk": "оны тексеру мүмкін болмады",
        "ru": "проверить её не удалось",
        "en": "It holds a time stamp, which could not be verified.",
    },
    ABSENT: {
        "kk": "Онда уақыт белгісі жоқ.",
        "ru": "Метки времени в ней нет.",
        "en": "It holds no time stamp.",
    },
    NOT_CONFIGURED: {
        "kk": "Мұнда уақыт белгілері бапталмаған.",
        "ru": "Метки времени здесь не настроены.",
        "en": "Time stamps are not configured here.",
    },
}


@pytest.fixture
def show(engine: Any, sign_in: Callable[..., Any]) -> Callable[[str, str], str]:
    """The page of a case whose document was signed with a time stamp of this outcome."""

    def page(outcome: str, language: str) -> str:
        evidence = EVIDENCE.as_json() | {"time_stamp": outcome, "time_stamped_at": None}
        if outcome == VERIFIED:
            evidence["time_stamped_at"] = (NOW - timedelta(minutes=1)).isoformat()
        case = engine.queries.instances["case-1"]
        (paper,) = case.documents
        (signature,) = paper.signatures
        signed = SimpleNamespace(**{**vars(signature), "evidence": evidence})
        case.documents = (SimpleNamespace(**{**vars(paper), "signatures": (signed,)}),)
        text: str = sign_in("specialist-1", language).get("/instances/case-1").text
        return text

    return page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("outcome", SENTENCES)
def test_each_outcome_has_its_own_sentence(
    show: Callable[[str, str], str], outcome: str, language: str
) -> None:
    page = show(outcome, language)
    said = {each for each, texts in SENTENCES.items() if texts[language] in page}
    assert said == {outcome}
