"""Texts of notices: delivered, written anew, checked, kept in versions, and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from engine.errors import Conflict
from handlers.shared.dated import NoValidRow
from handlers.shared.notice_texts import LONGEST, Notice, NoticeTexts, TextsRefused, check_texts
from handlers.shared.ports import Begin
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES, placeholder_names

DAY = date(2026, 3, 2)
SUBJECT = {"kk": "Қайтарылды {number}", "ru": "Возврат {number}", "en": "Back {number}"}
MUST_STAY = "{remark}{field_remarks} {answer_until}"
BODY = {"kk": MUST_STAY, "ru": MUST_STAY, "en": MUST_STAY + "\r\n{advice} "}


@pytest.fixture
def texts(reference_data: ReferenceData, begin: Begin) -> NoticeTexts:
    return NoticeTexts(reference_data, begin)


def returned(texts: NoticeTexts) -> Notice:
    return texts.notice("fk_b03", "returned", DAY)


def test_what_staff_wrote_is_in_force_and_every_version_is_kept(
    texts: NoticeTexts, now: datetime
) -> None:
    delivered = returned(texts)
    assert (delivered.version, delivered.edited) == (0, False)
    texts.write(delivered, SUBJECT, BODY, "owner-1", now)
    written = returned(texts)
    assert (written.version, written.edited, written.subject) == (1, True, SUBJECT)
    assert written.body["en"] == MUST_STAY + "\n{advice}"
    assert written.delivered_subject == delivered.subject
    texts.restore(written, "owner-2", now)
    assert returned(texts).subject == delivered.subject
    assert [
        (each.version, each.edited_by, each.subject)
        for each in texts.versions("fk_b03", "returned")
    ] == [(2, "owner-2", None), (1, "owner-1", SUBJECT)]
    assert [each.key for each in texts.notices("fk_b03", DAY) if each.version] == ["returned"]


def test_of_two_who_write_at_once_the_second_is_told_of_the_first(
    texts: NoticeTexts, now: datetime
) -> None:
    seen = returned(texts)
    texts.write(seen, SUBJECT, BODY, "owner-1", now)
    with pytest.raises(Conflict) as conflict:
        texts.write(seen, SUBJECT, BODY, "owner-2", now)
    assert (conflict.value.who, conflict.value.when) == ("owner-1", now)


@pytest.mark.parametrize("version", [-5, 1, 7])
def test_a_version_that_nobody_wrote_is_not_believed(
    texts: NoticeTexts, now: datetime, version: int
) -> None:
    with pytest.raises(Conflict):
        texts.write(replace(returned(texts), version=version), SUBJECT, BODY, "owner-1", now)
    assert texts.versions("fk_b03", "returned") == []


def test_what_must_stay_may_stand_in_the_subject(texts: NoticeTexts) -> None:
    subject = dict.fromkeys(LANGUAGES, "{answer_until}")
    body = dict.fromkeys(LANGUAGES, "{remark}{field_remarks}")
    assert check_texts(returned(texts), subject, body) == (subject, body)


@pytest.mark.parametrize(
    ("subject", "body", "field", "says"),
    [
        ({"en": ""}, {}, "subject-en", "all three languages"),
        ({}, {"kk": "  "}, "body-kk", "all three languages"),
        ({"ru": "{nothing}"}, {}, "subject-ru", "no placeholder {nothing}"),
        ({}, {"ru": "{decision_reason}"}, "body-ru", "no placeholder"),
        ({}, {"ru": "{ number }"}, "body-ru", "no placeholder"),
        ({}, {"ru": "{remark"}, "body-ru", "Braces"),
        ({}, {"ru": "{{remark}}"}, "body-ru", "Braces"),
        ({}, {"en": "{remark}{field_remarks}"}, "body-en", "without: {answer_until} ("),
        ({}, {"kk": "text"}, "body-kk", "{remark} (Remark of the centre), {field_remarks} ("),
        ({"kk": "a\nb"}, {}, "subject-kk", "one line"),
        ({"kk": "a" * (LONGEST["subject"] + 1)}, {}, "subject-kk", "at most 200"),
    ],
)
def test_what_can_t_be_sent_is_refused_with_its_field(
    texts: NoticeTexts, subject: Mapping[str, str], body: Mapping[str, str], field: str, says: str
) -> None:
    with pytest.raises(TextsRefused) as refused:
        check_texts(returned(texts), {**SUBJECT, **subject}, {**BODY, **body})
    assert list(refused.value.fields) == [field]
    assert says in refused.value.fields[field]["en"]
    assert set(refused.value.fields[field]) == set(LANGUAGES)


def test_every_notice_has_a_name_and_an_example_for_each_placeholder(texts: NoticeTexts) -> None:
    for notice in texts.notices("fk_b03", DAY):
        for place in notice.placeholders:
            assert set(place.names) == set(LANGUAGES), (notice.key, place.name)
        subject, body = notice.example()
        assert not placeholder_names(subject, body), notice.key
        assert check_texts(notice, notice.subject, notice.body) == (notice.subject, notice.body)


def test_what_may_stand_in_a_text_is_what_stands_there_and_what_its_row_and_the_file_add(
    texts: NoticeTexts,
) -> None:
    names = {
        notice.key: [each.name for each in notice.placeholders]
        for notice in texts.notices("fk_b03", DAY)
    }
    assert names["reply_expired"] == ["number", "remark", "advice"], "its row adds the last two"
    assert names["vacancy_over/filled"] == ["number", "vacancy.title"]
    assert all("number" in each for each in names.values()), "it may stand in every text"
    assert names["returned"] == ["number", "remark", "field_remarks", "advice", "answer_until"]


def test_without_a_database_there_is_what_was_delivered(reference_data: ReferenceData) -> None:
    texts = NoticeTexts(reference_data)
    assert returned(texts).version == 0
    assert texts.versions("fk_b03", "returned") == []
    assert not texts.has("fk_b03", "nothing", DAY)
    with pytest.raises(NoValidRow):
        texts.notice("fk_b03", "nothing", DAY)
