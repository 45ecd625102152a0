"""Documents from Typst templates."""

from __future__ import annotations

import re

import pytest

from handlers.shared.documents import DocumentNotRendered, file_name, render
from tests.support.poppler import text_of

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(date: none)
#set text(font: "Noto Serif")
#data.text
"""


def test_the_same_input_gives_the_same_bytes() -> None:
    first = render(TEMPLATE.encode(), {"text": "Қадам", "other": 1})
    again = render(TEMPLATE.encode(), {"other": 1, "text": "Қадам"})
    assert first.startswith(b"%PDF")
    assert first == again
    assert first != render(TEMPLATE.encode(), {"text": "Басқа", "other": 1})


def test_neither_the_clock_nor_the_order_of_the_data_shows() -> None:
    template = TEMPLATE.replace("date: none", "date: auto") + "#data.keys().join()"
    pdf = render(template.encode(), {"text": "x", "b": 1, "a": 2})
    assert b"/CreationDate(D:1970" in pdf
    assert pdf == render(template.encode(), {"a": 2, "b": 1, "text": "x"})


def test_only_shipped_fonts_are_in_the_document() -> None:
    pdf = render(TEMPLATE.encode(), {"text": "ӘҒҚҢӨҰҮҺІ ₸"})
    assert set(re.findall(rb"/FontName ?/[A-Z]{6}\+([\w-]+)", pdf)) == {b"NotoSerif-Regular"}


def test_kazakh_letters_and_tenge_are_in_the_text() -> None:
    letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі ₸"
    assert letters in text_of(render(TEMPLATE.encode(), {"text": letters}))


def test_what_a_person_wrote_is_never_markup_or_code() -> None:
    hostile = '*b* #panic("x") $x^2$ \\ `c` <label> @ref " ] } //'
    assert hostile in text_of(render(TEMPLATE.encode(), {"text": hostile}))


@pytest.mark.parametrize(
    "line",
    ['#import "@preview/x:0.1.0": y', '#include "other.typ"', "#eval(data.text)", '#plugin("x")'],
)
def test_a_template_that_reaches_out_is_refused(line: str) -> None:
    with pytest.raises(DocumentNotRendered, match="line 5 has"):
        render(f"{TEMPLATE}{line}".encode(), {"text": "x"})


def test_a_template_can_t_read_files_outside() -> None:
    with pytest.raises(DocumentNotRendered):
        render(f'{TEMPLATE}#read("../../../../pyproject.toml")'.encode(), {"text": "x"})


def test_missing_data_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(DocumentNotRendered, match="text"):
        render(TEMPLATE.encode(), {})


def test_file_names_are_safe() -> None:
    assert file_name("contract", "27/2026 «СЖО»\n") == "contract 27-2026 -СЖО.pdf"
    assert len(file_name("a" * 500)) == 124


LAYOUT = """#let data = json(bytes(sys.inputs.data))
#set document(date: none)
#set text(font: "Noto Serif")
#let loud(words) = strong(words)
"""


def test_a_layout_stands_before_the_template() -> None:
    pdf = render(b"#loud(data.text)", {"text": "Қадам"}, layout=LAYOUT.encode())
    assert "Қадам" in text_of(pdf)
    assert pdf == render(LAYOUT.encode() + b"\n#loud(data.text)", {"text": "Қадам"})


def test_a_layout_has_no_code_from_outside_either() -> None:
    with pytest.raises(DocumentNotRendered, match="line 2 has 'import'"):
        render(b"x", {}, layout=b'// a layout\n#import "@preview/x:1.0.0"')
