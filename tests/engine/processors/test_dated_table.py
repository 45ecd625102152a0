"""Staff edit dated tables: nothing is overwritten, expressions see it at once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from engine.commands import DatedRow, EditDatedTable
from engine.errors import BadCommand, Conflict, InvalidSubmission, NotAllowed, NotFound
from engine.results import DatedTableEdited
from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.house import OPERATOR, House, person

OWNER = person("owner", "process_owner")
LANGUAGES = {"kk", "ru", "en"}
TODAY = date(2026, 3, 2)
JUNE = date(2026, 6, 1)


def words(text: str) -> dict[str, str]:
    return dict.fromkeys(sorted(LANGUAGES), text)


def terms(days: int = 5, **head: Any) -> dict[str, bytes]:
    content = {
        "title": words("Terms"),
        "always": True,
        "value": {"type": "integer", "minimum": 1, "maximum": 60},
        "rows": [{"key": "a", "from": "2023-06-30", "to": None, "value": days, "source": "S0"}],
        **head,
    }
    return {"p/terms.json": json.dumps(content).encode()}


def windows(**head: Any) -> dict[str, bytes]:
    rows = [
        {"key": "2026", "from": "2025-12-29", "to": "2026-01-09", "value": True},
        {"key": "2026", "from": "2026-02-01", "to": "2026-09-30", "value": True},
    ]
    content = {
        "title": words("Windows"),
        "kind": "windows",
        "process": "p",
        "new_keys": "20[0-9]{2}",
        "value": {"type": "nothing"},
        "rows": rows,
        **head,
    }
    return {"p/windows.json": json.dumps(content).encode()}


def with_term() -> Element:
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff", due_date="${workdays(dated('terms', 'a'))}"),
        end_event("e"),
        *path("s", "a", "e"),
    )


def edit(**how: Any) -> EditDatedTable:
    given = {"table": "p/terms", "key": "a", "note": "order 7", **how}
    return EditDatedTable(**given)


def more_days(value: object = 7, first: date = TODAY, last: date | None = None) -> EditDatedTable:
    return edit(row=DatedRow(first, last, value))


def due(house: House) -> list[str]:
    return sorted(row.due_at.date().isoformat() for row in house.rows("user_task"))


def held(house: House, table: str = "p/terms") -> list[tuple[date, date | None, Any]]:
    view = house.engine.queries.dated_table(OWNER, table)
    return [(row.span.first, row.span.last, row.value) for row in view.rows]


def refused(house: House, command: EditDatedTable) -> dict[str, str]:
    with pytest.raises(InvalidSubmission) as info:
        house.execute(command, OWNER)
    assert all(set(texts) == LANGUAGES for texts in info.value.fields.values())
    return {name: texts["en"] for name, texts in info.value.fields.items()}


def test_an_edited_term_counts_for_the_next_task_and_not_for_an_open_one(house: House) -> None:
    house.deploy(with_term(), files=terms(2))
    house.start()
    assert due(house) == ["2026-03-04"]
    house.execute(more_days(3), OWNER)
    house.start()
    assert due(house) == ["2026-03-04", "2026-03-05"]


def test_a_term_that_is_still_to_come_waits_for_its_day(house: House) -> None:
    house.deploy(with_term(), files=terms(2))
    house.execute(more_days(3, TODAY + timedelta(days=1)), OWNER)
    house.start()
    house.clock.advance(days=1)
    house.start()
    assert due(house) == ["2026-03-04", "2026-03-06"]


def test_a_preview_tells_and_changes_nothing(house: House) -> None:
    house.deploy(with_term(), files=terms())
    before = house.snapshot()
    preview = house.execute(edit(row=DatedRow(JUNE, None, 7), preview=True), OWNER)
    assert preview.preview and not preview.past
    assert [(row.valid_from, row.valid_to, row.value) for row in preview.after] == [
        (date(2023, 6, 30), date(2026, 5, 31), 5),
        (JUNE, None, 7),
    ]
    assert [row.value for row in preview.before] == [5]
    assert house.snapshot() == before


def test_nothing_is_overwritten(house: House) -> None:
    house.deploy(with_term(), files=terms())
    house.execute(more_days(7), OWNER)
    first = house.rows("dated_row")
    house.clock.advance(days=1)
    house.execute(edit(row=DatedRow(TODAY, None, 8), replaces=TODAY), OWNER)
    rows = house.rows("dated_row")
    assert [row for row in rows if row in first] == first
    assert len(rows) == 2
    assert held(house)[-1] == (TODAY, None, 8)
    view = house.engine.queries.dated_table(
        OWNER, "p/terms", known_at=house.clock.now - timedelta(hours=1)
    )
    assert view.rows[-1].value == 7, "what was known a day before can be told"


def test_an_edit_says_whether_it_changes_what_held_before(house: House) -> None:
    house.deploy(with_term(), files=terms())
    yesterday = TODAY - timedelta(days=1)
    assert house.execute(more_days(7, yesterday), OWNER).past
    assert not house.execute(more_days(8, TODAY), OWNER).past


def test_history_tells_who_changed_what(house: House) -> None:
    house.deploy(with_term(), files=terms())
    house.execute(more_days(7), OWNER)
    event = house.engine.queries.administration(OPERATOR)[-1]
    assert (event.kind, event.actor) == ("DatedTableEdited", "owner")
    assert event.payload["note"] == "order 7"
    assert event.payload["before"] == [["2023-06-30", None, 5]]
    assert event.payload["after"] == [["2023-06-30", "2026-03-01", 5], ["2026-03-02", None, 7]]
    view = house.engine.queries.dated_table(OWNER, "p/terms")
    assert [(each.edited_by, each.edited_at, each.note) for each in view.edits] == [
        ("owner", house.clock.now, "order 7")
    ]


def test_pressing_twice_edits_once(house: House) -> None:
    house.deploy(with_term(), files=terms())
    command = edit(row=DatedRow(TODAY, date(2026, 3, 9), 7), command_id="once")
    first = house.execute(command, OWNER)
    assert house.execute(command, OWNER) == first
    assert isinstance(first, DatedTableEdited)
    assert len(house.rows("dated_row")) == 1


@pytest.mark.parametrize(
    ("command", "faults"),
    [
        (more_days(0), {"value": "The number must be 1 or more"}),
        (more_days("7"), {"value": "Enter a whole number"}),
        (more_days(7, JUNE, TODAY), {"to": "The last day can't be before the first"}),
        (
            more_days(7, date(2023, 6, 30)),
            {"from": "On these days another row holds: 30.06.2023 – no end. Correct that one"},
        ),
        (
            edit(replaces=date(2023, 6, 30)),
            {"to": "From 02.03.2026 there would be no value. One is needed on every day"},
        ),
        (
            edit(
                replaces=date(2023, 6, 30),
                row=DatedRow(date(2023, 6, 30), date(2026, 12, 31), 5),
            ),
            {"to": "From 01.01.2027 there would be no value. One is needed on every day"},
        ),
        (
            edit(key="b", row=DatedRow(TODAY, None, 7)),
            {"key": "There can be no such row in this table"},
        ),
        (
            edit(note=" ", row=DatedRow(TODAY, None, 7)),
            {"note": "Say on what grounds: later it must be seen why it was changed"},
        ),
    ],
)
def test_what_is_wrong_is_told_by_field(
    house: House, command: EditDatedTable, faults: dict[str, str]
) -> None:
    house.deploy(with_term(), files=terms())
    before = house.snapshot()
    assert refused(house, command) == faults
    assert house.snapshot() == before


def test_values_without_a_description_keep_the_kind_of_the_others(house: House) -> None:
    house.deploy(with_term(), files=terms(value=None))
    assert refused(house, more_days("seven")) == {
        "value": "The value must be of the kind of the others in this table"
    }
    house.execute(more_days(7), OWNER)


def test_a_window_is_added_shortened_and_taken_out(house: House) -> None:
    house.deploy(with_term(), files=terms() | windows())
    autumn = DatedRow(date(2026, 11, 1), date(2026, 11, 30), True)
    house.execute(edit(table="p/windows", key="2026", row=autumn), OWNER)
    shorter = DatedRow(date(2026, 2, 1), date(2026, 5, 31), True)
    house.execute(
        edit(table="p/windows", key="2026", row=shorter, replaces=date(2026, 2, 1)), OWNER
    )
    house.execute(edit(table="p/windows", key="2026", replaces=date(2026, 11, 1)), OWNER)
    year = DatedRow(date(2026, 12, 28), date(2027, 1, 8), True)
    house.execute(edit(table="p/windows", key="2027", row=year), OWNER)
    assert held(house, "p/windows") == [
        (date(2025, 12, 29), date(2026, 1, 9), True),
        (date(2026, 2, 1), date(2026, 5, 31), True),
        (date(2026, 12, 28), date(2027, 1, 8), True),
    ]
    found = house.engine.queries.windows(person())["p"]
    assert [(window.key, window.last) for window in found.open] == [("2026", date(2026, 5, 31))]
    assert found.next is not None and found.next.key == "2027"


def test_a_window_on_the_days_of_another_is_refused(house: House) -> None:
    house.deploy(with_term(), files=terms() | windows())
    row = DatedRow(date(2026, 9, 1), date(2026, 10, 31), True)
    assert set(refused(house, edit(table="p/windows", key="2026", row=row))) == {"from"}


def test_a_redeployed_file_counts_where_no_edit_lies(house: House) -> None:
    house.deploy(with_term(), files=terms(2))
    house.execute(more_days(7, JUNE, date(2026, 6, 30)), OWNER)
    house.deploy(with_term(), files=terms(4))
    assert [value for _, _, value in held(house)] == [4, 7, 4]
    house.execute(edit(as_deployed=True), OWNER)
    assert [value for _, _, value in held(house)] == [4]
    assert len(house.rows("dated_row")) == 2


def test_an_edit_of_another_state_than_was_shown_is_a_conflict(house: House) -> None:
    house.deploy(with_term(), files=terms())
    shown = house.engine.queries.dated_table(OWNER, "p/terms").version
    house.execute(edit(row=DatedRow(JUNE, None, 6), version=shown), OWNER)
    with pytest.raises(Conflict) as info:
        house.execute(edit(row=DatedRow(JUNE, None, 8), version=shown, replaces=JUNE), OWNER)
    assert (info.value.who, info.value.when) == ("owner", house.clock.now)
    with pytest.raises(Conflict):
        house.execute(edit(replaces=date(2026, 7, 1)), OWNER)


def test_only_owners_edit_unless_the_head_names_others(house: House) -> None:
    head = {"groups": ["staff"]}
    house.deploy(with_term(), files=terms() | windows(**head))
    staff = person("aigul", "staff")
    with pytest.raises(NotAllowed):
        house.execute(more_days(7), staff)
    row = DatedRow(date(2026, 11, 1), date(2026, 11, 30), True)
    house.execute(edit(table="p/windows", key="2026", row=row), staff)
    seen = house.engine.queries.dated_tables(staff)
    assert [(each.name, each.may_edit) for each in seen] == [("p/windows", True)]
    assert house.engine.queries.dated_tables(person("m", "employer")) == ()
    with pytest.raises(NotFound):
        house.engine.queries.dated_table(person("m", "employer"), "p/terms")


def test_contacts_are_edited_by_their_own_unit_only(house: House) -> None:
    rows = [
        {"key": unit, "from": "2023-06-30", "to": None, "value": {"phone": "+7 700 000 00 00"}}
        for unit in ("almaty", "astana")
    ]
    value = {
        "type": "object",
        "properties": {"phone": {"type": "text", "format": "tel", "label": words("Phone")}},
    }
    head = {"kind": "contacts", "groups": ["unit_head"], "value": value, "rows": rows}
    house.deploy(with_term(), files={"p/centres.json": terms(**head)["p/terms.json"]})
    chief = person("chief", "unit_head", units=frozenset({"almaty"}))
    new = DatedRow(TODAY, None, {"phone": "+7 (727) 310-47-82"})
    house.execute(edit(table="p/centres", key="almaty", row=new), chief)
    with pytest.raises(NotAllowed):
        house.execute(edit(table="p/centres", key="astana", row=new), chief)
    shown = house.engine.queries.contacts(person())
    assert shown["almaty"] == {"phone": "+7 (727) 310-47-82"}
    assert shown["astana"] == {"phone": "+7 700 000 00 00"}


@pytest.mark.parametrize("command", [edit(), edit(as_deployed=True, row=DatedRow(TODAY, None, 7))])
def test_a_command_says_one_thing(house: House, command: EditDatedTable) -> None:
    house.deploy(with_term(), files=terms())
    with pytest.raises(BadCommand, match="Expected a row"):
        house.execute(command, OWNER)


def test_a_table_that_is_not_deployed_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        house.execute(more_days(7), OWNER)
