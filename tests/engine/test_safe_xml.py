"""Any XML is read without entities, network or more than the limits."""

from __future__ import annotations

import pytest

from engine.safe_xml import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, XmlRefused, parse_safely


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b'<!-- --><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "DOCTYPE"),
        (b"<a>&nbsp;</a>", "well-formed"),
        (b"<a>" * (MAX_DEPTH + 1), "deep"),
        (b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>", "elements"),
        (b" " * MAX_BYTES + b"<a/>", "bytes"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "UTF-8"),
        (b"<a>\xff</a>", "UTF-8"),
    ],
)
def test_refused_in_three_languages(xml: bytes, words: str) -> None:
    with pytest.raises(XmlRefused) as refused:
        parse_safely(xml)
    (problem,) = refused.value.problems
    assert problem.rule == "readable-xml"
    assert words in problem.message
    assert {"en", "ru", "kk"} == set(problem.messages)


def test_any_root_is_read_without_comments() -> None:
    root = parse_safely(b'<?xml version="1.0"?><!-- a --><a><!-- b --><b/></a>')
    assert [child.tag for child in root] == ["b"]
