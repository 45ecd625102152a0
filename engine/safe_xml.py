"""Safe reading of XML: no DOCTYPE, no entities, no network, limits on size and depth."""

from __future__ import annotations

import re
from io import BytesIO

from lxml import etree

from engine.errors import DeploymentRefused
from engine.problems import Problem, Wording, make_problem

RULE = "readable-xml"
MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 50_000

_ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
}
_DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]*)["']"""
)
_PROLOG = re.compile(r"(?>\s+|<\?(?>[^?]|\?(?!>))*+\?>|<!--(?>[^-]|-(?!->))*+-->)*+")

EMPTY = Wording(
    en="Expected XML, but the file is empty.",
    ru="Ожидался XML, но файл пуст.",
    kk="XML күтілді, бірақ файл бос.",
)
TOO_LARGE = Wording(
    en="Expected a file of at most {limit} bytes, but it has {size}.",
    ru="Ожидался файл не больше {limit} байт, но в нём {size}.",
    kk="Файл {limit} байттан аспауы керек, бірақ оның көлемі {size}.",
)
UNKNOWN_ENCODING = Wording(
    en="Expected text in UTF-8, but it can't be read as {encoding}; save the file as UTF-8.",
    ru="Ожидался текст в UTF-8, но он не читается как {encoding}; сохраните файл в UTF-8.",
    kk="UTF-8 мәтіні күтілді, бірақ ол {encoding} ретінде оқылмайды; UTF-8 түрінде сақтаңыз.",
)
DOCTYPE = Wording(
    en="Expected a file without a DOCTYPE, but it has one; entities are never resolved.",
    ru="Ожидался файл без DOCTYPE, но он есть; сущности XML не раскрываются.",
    kk="DOCTYPE жоқ файл күтілді, бірақ ол бар; XML мәндері ашылмайды.",
)
MALFORMED = Wording(
    en="Expected well-formed XML, but: {reason}",
    ru="Ожидался правильный XML, но: {reason}",
    kk="Дұрыс XML күтілді, бірақ: {reason}",
)
TOO_DEEP = Wording(
    en="Expected elements nested at most {limit} deep, but here they are nested deeper.",
    ru="Ожидалась вложенность элементов не глубже {limit}, но здесь она глубже.",
    kk="Элементтердің кірістірілуі {limit} деңгейден аспауы керек, бірақ мұнда одан терең.",
)
TOO_MANY = Wording(
    en="Expected at most {limit} XML elements, but there are more.",
    ru="Ожидалось не больше {limit} элементов XML, но их больше.",
    kk="XML элементтерінің саны {limit} аспауы керек, бірақ олар көп.",
)


class XmlRefused(DeploymentRefused):
    """A file can't be read as XML, or not safely; `problems` has the reason."""

    problems: tuple[Problem, ...]


def parse_safely(
    data: bytes, *, max_bytes: int = MAX_BYTES, max_elements: int = MAX_ELEMENTS
) -> etree._Element:
    """The root of an XML file. Raises XmlRefused with a problem of the rule `readable-xml`."""
    if not data.strip():
        raise _refused(EMPTY)
    if len(data) > max_bytes:
        raise _refused(TOO_LARGE, limit=max_bytes, size=len(data))
    text = _decode(data)
    _refuse_doctype(text)
    root = _parse_within_limits(text.encode(), max_elements)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(DOCTYPE, line=1)
    return root


def _decode(data: bytes) -> str:
    declared = _DECLARED.match(data)
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    if encoding not in _ENCODINGS:
        raise _refused(UNKNOWN_ENCODING, line=1, encoding=encoding)
    try:
        text = data.decode(_ENCODINGS[encoding])
    except UnicodeDecodeError:
        raise _refused(UNKNOWN_ENCODING, encoding=encoding) from None
    if "\0" in text:
        raise _refused(UNKNOWN_ENCODING, encoding=encoding)
    return text


def _refuse_doctype(text: str) -> None:
    prolog = _PROLOG.match(text)
    end = prolog.end() if prolog else 0
    if text.startswith("<!DOCTYPE", end):
        raise _refused(DOCTYPE, line=text.count("\n", 0, end) + 1)


def _parse_within_limits(utf8: bytes, max_elements: int) -> etree._Element:
    events = etree.iterparse(
        BytesIO(utf8),
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = count = 0
    try:
        for event, element in events:
            if event == "end":
                depth -= 1
                continue
            depth += 1
            count += 1
            if depth > MAX_DEPTH:
                raise _refused(TOO_DEEP, line=element.sourceline, limit=MAX_DEPTH)
            if count > max_elements:
                raise _refused(TOO_MANY, line=element.sourceline, limit=max_elements)
    except etree.XMLSyntaxError as error:
        raise _refused(MALFORMED, line=error.lineno or None, reason=error.msg) from None
    return events.root


def _refused(wording: Wording, line: int | None = None, **details: object) -> XmlRefused:
    return XmlRefused([make_problem(RULE, wording, details, line=line)])
