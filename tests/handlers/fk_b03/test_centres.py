"""Where an application goes."""

from __future__ import annotations

from datetime import date

import pytest

from engine.identifiers import is_bin, is_kz_iban
from handlers.fk_b03.centres import NoCentre, centre, centre_code
from handlers.shared import demo
from handlers.shared.classifier_files import read_shipped
from handlers.shared.dated import DatedTable
from handlers.shared.reference_data import ReferenceData

TODAY = date(2026, 3, 2)


@pytest.fixture
def table(reference_data: ReferenceData) -> DatedTable:
    return reference_data.table("fk_b03/centres")


@pytest.fixture
def details(reference_data: ReferenceData) -> DatedTable:
    return reference_data.table("fk_b03/centre_details")


def test_the_longest_prefix_decides() -> None:
    rows = b'{"rows": [{"key": "kato/75", "from": "2026-01-01", "value": "almaty"},'
    rows += b'{"key": "kato/7514", "from": "2026-01-01", "value": "bostandyk"}]}'
    table = DatedTable.read("centres", rows)
    assert centre_code(table, "751410000", TODAY) == "bostandyk"
    assert centre_code(table, "751110000", TODAY) == "almaty"


@pytest.mark.parametrize("kato", ["990000000", "", "7"])
def test_a_place_without_a_centre_is_refused(table: DatedTable, kato: str) -> None:
    with pytest.raises(NoCentre):
        centre_code(table, kato, TODAY)


def test_every_place_of_the_classifier_has_a_centre(table: DatedTable, details: DatedTable) -> None:
    shipped = {edition.classifier: edition for edition, _, _ in read_shipped(demo.CLASSIFIERS)}
    for entry in shipped["kato"].entries:
        assert centre(details, centre_code(table, entry.code, TODAY), TODAY).name["kk"]


def test_every_centre_that_is_routed_to_is_complete(table: DatedTable, details: DatedTable) -> None:
    for row in table.rows:
        found = centre(details, row.value, TODAY)
        assert is_bin(found.bin)
        assert is_kz_iban(found.iban)
        for texts in (found.name, found.head, found.address, found.bank, found.hours):
            assert set(texts) == {"kk", "ru", "en"}


def test_almaty_has_the_contacts_of_the_guide(details: DatedTable) -> None:
    almaty = centre(details, "almaty", TODAY)
    assert (almaty.phone, almaty.site, almaty.email) == (
        "+7 (727) 310-47-82",
        "ctm-almaty.kz",
        "ctm.almaty@yandex.kz",
    )


def test_an_unknown_centre_is_named(details: DatedTable) -> None:
    with pytest.raises(NoCentre, match="'atlantis'"):
        centre(details, "atlantis", TODAY)
