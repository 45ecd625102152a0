"""Hostile and broken files are refused, quickly, with a reason and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from engine.diagram import DiagramRefused, Problem, Surroundings, check_diagram, read_diagram
from engine.diagram.xml import MAX_BYTES, MAX_DEPTH, parse_xml
from tests.support.pace import within

RULES = Path(__file__).parent / "rules"
BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'


def refusal(xml: bytes) -> Problem:
    with pytest.raises(DiagramRefused) as refused:
        read_diagram(xml, "demo.bpmn")
    (problem,) = refused.value.problems
    return problem


def laughs(levels: int = 9) -> bytes:
    entities = ['<!ENTITY a0 "ha">']
    entities += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels + 1)]
    body = f'<definitions {BPMN} name="&a{levels};">&a{levels};</definitions>'
    return f"<?xml version='1.0'?>\n<!DOCTYPE a [{''.join(entities)}]>\n{body}".encode()


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        pytest.param(laughs(), "DOCTYPE", id="billion laughs"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///secret">]><definitions>&e;</definitions>',
            "DOCTYPE",
            id="external entity",
        ),
        pytest.param(
            f'<?x?><!-- <!DOCTYPE --><!DOCTYPE a SYSTEM "http://localhost:9/a.dtd">'
            f"<definitions {BPMN}/>".encode(),
            "DOCTYPE",
            id="external DTD behind a comment",
        ),
        pytest.param(b" " * (MAX_BYTES + 1) + b"<a/>", "at most", id="too large"),
        pytest.param(f"<definitions {BPMN}>{'<a>' * 100_000}".encode(), "deep", id="deep nesting"),
        pytest.param(
            f"<definitions {BPMN}>{'<a/>' * 100_000}</definitions>".encode(),
            "elements",
            id="too many elements",
        ),
        pytest.param(b"places = 1", "well-formed", id="not XML"),
        pytest.param(f"<definitions {BPMN}><a></definitions>".encode(), "well-formed", id="broken"),
        pytest.param(
            f"<definitions {BPMN}>&nbsp;</definitions>".encode(), "well-formed", id="nbsp"
        ),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n ", "empty", id="blank"),
        pytest.param(b"<html/>", "definitions", id="not BPMN"),
        pytest.param(
            b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
            "definitions",
            id="DMN",
        ),
        pytest.param(
            f'<definitions {BPMN} name="Заявка"/>'.encode("cp1251"), "UTF-8", id="wrong encoding"
        ),
        pytest.param(
            f'<?xml version="1.0" encoding="utf-7"?><definitions {BPMN}/>'.encode(),
            "UTF-8",
            id="unknown encoding",
        ),
        pytest.param(f"<definitions {BPMN}/>".encode("utf-16"), "UTF-8", id="UTF-16"),
        pytest.param(f"<definitions {BPMN}>\0</definitions>".encode(), "UTF-8", id="NUL"),
    ],
)
def test_refused_in_one_sentence(xml: bytes, words: str) -> None:
    with within(200):
        problem = refusal(xml)
    assert problem.rule == "readable-xml"
    assert words in problem.message


@pytest.mark.parametrize("piece", ["<??>", "<!---->", "<!-- -", "<!--->", " "])
def test_a_long_prolog_takes_no_longer_than_its_length(piece: str) -> None:
    xml = (piece * (MAX_BYTES // len(piece)))[: MAX_BYTES - 10].encode() + b"<"
    with within(200):
        refusal(xml)


def test_the_word_doctype_in_a_text_is_no_doctype() -> None:
    root = parse_xml(
        f"<definitions {BPMN}><!-- <!DOCTYPE --><a>&lt;!DOCTYPE</a></definitions>".encode()
    )
    assert len(root) == 1


def test_depth_up_to_the_limit_is_read() -> None:
    inner = MAX_DEPTH - 1
    assert (
        parse_xml(f"<definitions {BPMN}>{'<a>' * inner}{'</a>' * inner}</definitions>".encode())
        is not None
    )


def test_line_of_a_mistake() -> None:
    assert refusal(f"<definitions {BPMN}>\n\n<a b=1/></definitions>".encode()).line == 3


def mutated(xml: bytes, chance: random.Random) -> bytes:
    """The diagram with a few bytes, names or whole pieces changed, doubled or taken away."""
    data = bytearray(xml)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data)), chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = data[at : at + length]
            case 2:
                data[at] = chance.randrange(256)
            case 3:
                start = chance.randrange(len(data))
                data[at : at + length] = data[start : start + length]
            case 4:
                words = (b'id="', b"bpmn:", b"${", b"}", b"Event", b'""', b"&lt;", b"&#10;")
                data[at:at] = chance.choice(words)
        if not data:
            return b""
    return bytes(data)


def rearranged(xml: bytes, chance: random.Random) -> bytes:
    """The diagram with elements and attributes copied, removed and renamed, still well-formed."""
    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError:
        return xml
    for _ in range(chance.randint(1, 5)):
        elements = [each for each in root.iter(etree.Element) if each is not root]
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        match chance.randrange(6):
            case 0:
                one.getparent().remove(one)
            case 1:
                other.append(deepcopy(one))
            case 2:
                one.tag = other.tag
            case 3:
                name = chance.choice([*one.attrib, "id"])
                one.set(name, chance.choice([*other.attrib.values(), "", " ", "${", "a:b", "0"]))
            case 4:
                name = chance.choice([*other.attrib, "isExecutable"])
                one.set(name, other.get(name, "true"))
            case 5:
                one.text = chance.choice(
                    ["", "${a +}", "R/P", "= 1", "#{x}", "\u049a", "0 0 * * *"]
                )
    return etree.tostring(root)


@pytest.mark.parametrize(("change", "most_are_read"), [(mutated, False), (rearranged, True)])
def test_random_changes_raise_nothing_but_a_refusal(
    change: Callable[[bytes, random.Random], bytes],
    most_are_read: bool,
    surroundings: Surroundings,
) -> None:
    chance = random.Random(20261120)
    originals = [path.read_bytes() for path in sorted(RULES.glob("*/*.bpmn"))]
    read = 0
    for _ in range(1500):
        xml = change(chance.choice(originals), chance)
        try:
            diagram = read_diagram(xml, "demo.bpmn")
        except DiagramRefused:
            continue
        read += 1
        for problem in check_diagram(diagram, surroundings):
            assert problem.message
    assert read > (1200 if most_are_read else 50)
