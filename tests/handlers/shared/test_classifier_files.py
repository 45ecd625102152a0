"""Files of classifiers: what is read, and which lines are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handlers.shared import demo
from handlers.shared.classifier_files import ClassifierRefused, read_classifier, read_shipped

KATO = """code;kk;ru;area
610000000;Түркістан облысы;Туркестанская область;
611600000;Арыс қ.ә.;Арысь г.а.;
611610000;Арыс қ.;г. Арысь;
611633000;Ақдала а.о.;Акдалинский с.о.;
611633100;Ақдала а.;с. Акдала;12
750000000;Алматы қ.;г. Алматы;
751110000;Алмалы ауданы;Алмалинский район;
"""


def refused(name: str, data: bytes) -> tuple[str, ...]:
    with pytest.raises(ClassifierRefused) as raised:
        read_classifier(name, data)
    return raised.value.problems


def test_the_digits_of_kato_tell_parents_and_levels() -> None:
    entries = {each.code: each for each in read_classifier("kato", KATO.encode()).entries}
    places = {code: (entry.parent, entry.level) for code, entry in entries.items()}
    assert places == {
        "610000000": (None, "region"),
        "611600000": ("610000000", "district"),
        "611610000": ("611600000", "settlement"),
        "611633000": ("611600000", "rural_district"),
        "611633100": ("611633000", "settlement"),
        "750000000": (None, "region"),
        "751110000": ("750000000", "district"),
    }
    assert entries["611633100"].attributes == {"area": "12"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_columns_may_be_divided_in_three_ways(delimiter: str) -> None:
    data = "code;kk;ru\na;Бір;Один\n".replace(";", delimiter).encode("utf-8-sig")
    (entry,) = read_classifier("things", data).entries
    assert (entry.code, entry.names) == ("a", {"kk": "Бір", "ru": "Один"})


def test_json_names_its_source() -> None:
    content = {"source": "the office", "entries": [{"code": "a", "ru": "Один", "rate": 2}]}
    file = read_classifier("things", json.dumps(content).encode())
    assert file.source == "the office"
    assert file.entries[0].attributes == {"rate": 2}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("61163310;Ақдала;Акдала;", "line 9: 61163310 is no KATO code"),
        ("611610000;Арыс;Арысь;", "line 9: the code 611610000 is on line 4 already"),
        ("190000000;;;", "line 9: 190000000 has no name in kk or ru"),
        ("195220100;Қаскелең;Каскелен;", "line 9: 195220100 lies in no territory of the file"),
        ("1 9;Алматы;Алматы;", "line 9: the code is '1 9'"),
        ("190000000;А;Б;;lost", "line 9: more columns than the head line names"),
        ("190000000;А\ufffd;Б;", "line 9: 190000000 has broken characters in its name (kk)"),
    ],
)
def test_a_wrong_line_is_named(line: str, said: str) -> None:
    (problem,) = refused("kato", (KATO + line + "\n").encode())
    assert problem.startswith(said)


def test_every_wrong_line_is_named_at_once() -> None:
    lines = "code;parent;ru\nx;gone;А\ny;y;Б\nx;;В\n"
    assert refused("things", lines.encode()) == (
        "line 4: the code x is on line 2 already",
        "line 2: x is below gone, which is not in the file",
        "line 3: y is below itself",
    )


def test_a_parent_of_another_territory_is_refused() -> None:
    lines = "code;parent;ru\n610000000;;Т\n750000000;;А\n751110000;610000000;Р\n"
    (problem,) = refused("kato", lines.encode())
    assert problem.startswith("line 4: 751110000 can't be below 610000000")


def test_codes_in_a_circle_are_refused() -> None:
    problems = refused("things", b"code;parent;ru\na;b;A\nb;a;B\n")
    assert problems == ("line 2: a is below itself", "line 3: b is below itself")


def test_another_encoding_is_said_with_its_line() -> None:
    data = "code;ru\na;one\nb;Туркестан\n".encode("cp1251")
    assert refused("things", data) == (
        "line 3: not UTF-8; it looks like Windows-1251, save it as UTF-8",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1: there is no column code"),
        (b"code;ru\n", "there is no entry in the file"),
        (b"code;name\na;b\n", "line 1: there is no column with names: kk, ru or en"),
        (b"code;ru;ru\na;b;c\n", "line 1: the column ru is there twice"),
        (b"{", "not JSON"),
        (b'{"rows": []}', "entries are missing"),
        (b"[1]", "entry 1: not an object"),
    ],
)
def test_what_is_no_classifier_is_refused(data: bytes, said: str) -> None:
    assert refused("things", data)[0].startswith(said)


def test_banks_are_known_by_their_bic() -> None:
    (problem,) = refused("banks", "code;ru\nKCJBKZKX;Банк\nNOBIC;Банк\n".encode())
    assert problem == "line 3: NOBIC is no BIC: 8 or 11 characters"


def test_shipped_editions_are_good_and_name_their_source() -> None:
    shipped = {edition.classifier: edition for edition, _, _ in read_shipped(demo.CLASSIFIERS)}
    assert set(shipped) == {"banks", "kato", "professions"}
    assert all(source for _, source, _ in read_shipped(demo.CLASSIFIERS))
    kato = shipped["kato"]
    assert {each.code for each in kato.at("region")} >= {"750000000", "710000000", "190000000"}
    for region in kato.at("region"):
        assert kato.at("district", region.code), region.code
    for entry in kato.entries:
        assert set(entry.names) == {"kk", "ru", "en"}, entry.code


def test_a_file_in_the_folder_is_read_by_its_name(tmp_path: Path) -> None:
    content = {"source": "s", "valid_from": "2026-01-01", "entries": [{"code": "a", "ru": "А"}]}
    (tmp_path / "things.json").write_text(json.dumps(content))
    ((edition, source, _data),) = read_shipped(tmp_path)
    assert (edition.classifier, str(edition.valid_from), source) == ("things", "2026-01-01", "s")
