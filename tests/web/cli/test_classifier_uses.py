"""What refers to codes of a classifier that go: rows of dated tables, open cases, drafts."""

from __future__ import annotations

from datetime import date

from engine.commands import CancelProcessInstance, SaveTaskDraft
from engine.identity import Actor
from tests.processes.fk_b03 import Office
from web.cli.classifier_uses import cases_with_codes, known_classifiers, rows_without_codes
from web.configuration import ROOT

DAY = date(2026, 6, 1)


def test_the_forms_say_which_classifiers_there_are() -> None:
    assert known_classifiers(ROOT / "bpmn", ()) == {"kato", "banks", "professions"}


def test_centres_whose_territory_goes_are_named(office: Office) -> None:
    before = {"750000000", "751110000", "710000000"}
    told = rows_without_codes(office.engine, "kato", DAY, before, {"710000000"})
    assert [line.partition(" ")[2][:7] for line in told] == ["kato/75"]
    assert told[0].startswith("fk_b03/centres: ")
    assert rows_without_codes(office.engine, "kato", DAY, before, {"751110000", "710000000"}) == []
    assert rows_without_codes(office.engine, "banks", DAY, before, set()) == []


def test_open_cases_and_drafts_that_hold_a_code_are_named(office: Office) -> None:
    case, ended, draft = office.start(), office.start(), office.start()
    for each in (case, ended, draft):
        office.do(each, "fill_details")
    office.do(case, "fill_application")
    office.do(ended, "fill_application")
    office.engine.execute(CancelProcessInstance(ended, "test"), Actor.system())
    person, task = office.task(draft, "fill_application", "employer-1")
    typed = {"district": "751110000", "profession": "751110000"}
    office.engine.execute(SaveTaskDraft(task.id, typed), person.actor)
    keys = [str(office.row(each).business_key) for each in (case, draft)]
    assert cases_with_codes(office.engine, "kato", {"751110000"}) == [
        f"{keys[0]}: district 751110000",
        f"{keys[1]}: district 751110000 (a draft)",
    ]
    assert cases_with_codes(office.engine, "kato", {"000000000"}) == []
    assert cases_with_codes(office.engine, "kato", ()) == []
