"""The picture of FK-B.03: everything is drawn, nothing overlaps, flows run from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
NODES = (
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "userTask", "serviceTask", "sendTask", "businessRuleTask", "subProcess", "exclusiveGateway",
)  # fmt: skip
LOOPS = {
    "filing_choice_to_draft_opened",
    "filing_again_choice_to_correction_opened",
    "correction_result_to_tell_sent_again",
    "approved_while_drafting_to_draft_begun",
    "customer_decided_to_completion_opened",
}
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def has_on_its_edge(self, point: Point) -> bool:
        x, y = point
        within = self.x <= x <= self.right and self.y <= y <= self.bottom
        return within and (x in (self.x, self.right) or y in (self.y, self.bottom))

    def is_crossed_by(self, start: Point, end: Point) -> bool:
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        return self.x < right and left < self.right and self.y < bottom and top < self.bottom


@dataclass(frozen=True)
class Picture:
    """Boxes of shapes and of labels, and the corners of edges, by the id of their element."""

    shapes: dict[str, Box]
    labels: dict[str, Box]
    edges: dict[str, list[Point]]


def box(bounds: etree._Element) -> Box:
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


@pytest.fixture(scope="module")
def picture(definitions: etree._Element) -> Picture:
    shapes, labels, edges = {}, {}, {}
    for drawn in (*definitions.iter(f"{DI}BPMNShape"), *definitions.iter(f"{DI}BPMNEdge")):
        key = drawn.get("bpmnElement")
        if drawn.find(BOUNDS) is not None:
            shapes[key] = box(drawn.find(BOUNDS))
        else:
            edges[key] = [(float(p.get("x")), float(p.get("y"))) for p in drawn.iter(WAYPOINT)]
        if drawn.find(f"{DI}BPMNLabel") is not None:
            labels[key] = box(drawn.find(f"{DI}BPMNLabel/{BOUNDS}"))
    return Picture(shapes, labels, edges)


@pytest.fixture(scope="module")
def nodes(definitions: etree._Element) -> dict[str, etree._Element]:
    return {node.get("id"): node for tag in NODES for node in definitions.iter(f"{BPMN}{tag}")}


@pytest.fixture(scope="module")
def flows(definitions: etree._Element) -> dict[str, etree._Element]:
    tags = ("sequenceFlow", "messageFlow")
    return {flow.get("id"): flow for tag in tags for flow in definitions.iter(f"{BPMN}{tag}")}


def belongs_to(inner: etree._Element, outer: etree._Element) -> bool:
    """A boundary event to its host, a node to the sub-process around it."""
    return outer.get("id") in (inner.get("attachedToRef"), inner.getparent().get("id"))


def test_everything_is_drawn_once(
    definitions: etree._Element,
    picture: Picture,
    nodes: dict[str, etree._Element],
    flows: dict[str, etree._Element],
) -> None:
    others = [
        each.get("id")
        for tag in ("participant", "lane", "group")
        for each in definitions.iter(f"{BPMN}{tag}")
    ]
    assert set(picture.shapes) == {*nodes, *others}
    assert set(picture.edges) == set(flows)
    drawn = [each.get("bpmnElement") for each in definitions.iter(f"{DI}BPMNShape")]
    assert len(drawn) == len(set(drawn))


def test_no_shapes_overlap(picture: Picture, nodes: dict[str, etree._Element]) -> None:
    for (first, one), (second, two) in combinations(nodes.items(), 2):
        if not belongs_to(one, two) and not belongs_to(two, one):
            assert not picture.shapes[first].overlaps(picture.shapes[second]), (first, second)


def test_nodes_lie_in_their_lane_and_lanes_in_their_pool(
    definitions: etree._Element, picture: Picture
) -> None:
    for lane in definitions.iter(f"{BPMN}lane"):
        area = picture.shapes[lane.get("id")]
        pool = lane.getparent().getparent().get("id")
        participant = definitions.find(f".//{BPMN}participant[@processRef='{pool}']")
        assert picture.shapes[participant.get("id")].holds(area), lane.get("id")
        for reference in lane.iter(f"{BPMN}flowNodeRef"):
            assert area.holds(picture.shapes[reference.text]), reference.text


def test_nodes_of_a_sub_process_lie_within_it(
    picture: Picture, nodes: dict[str, etree._Element]
) -> None:
    for key, node in nodes.items():
        around = node.getparent().get("id")
        if around in nodes:
            assert picture.shapes[around].holds(picture.shapes[key]), key


def test_edges_have_right_angles_and_reach_their_ends(
    picture: Picture, flows: dict[str, etree._Element]
) -> None:
    for key, corners in picture.edges.items():
        for start, end in pairwise(corners):
            assert start != end and (start[0] == end[0] or start[1] == end[1]), key
        for end, point in (("sourceRef", corners[0]), ("targetRef", corners[-1])):
            assert picture.shapes[flows[key].get(end)].has_on_its_edge(point), (key, end)


def test_flows_run_from_left_to_right_except_loops(
    picture: Picture, flows: dict[str, etree._Element]
) -> None:
    backwards = {
        key
        for key, flow in flows.items()
        if flow.tag == f"{BPMN}sequenceFlow"
        and picture.edges[key][-1][0] < picture.edges[key][0][0]
    }
    assert backwards == LOOPS


def test_no_edge_crosses_a_shape_or_a_label(
    picture: Picture, nodes: dict[str, etree._Element], flows: dict[str, etree._Element]
) -> None:
    for key, corners in picture.edges.items():
        ends = {flows[key].get("sourceRef"), flows[key].get("targetRef")}
        for end in tuple(ends):
            ends |= {nodes[end].get("attachedToRef"), nodes[end].getparent().get("id")}
        in_the_way = {name: picture.shapes[name] for name in nodes if name not in ends}
        in_the_way |= {f"label of {name}": label for name, label in picture.labels.items()}
        for start, end in pairwise(corners):
            for name, area in in_the_way.items():
                assert not area.is_crossed_by(start, end), (key, name)


def test_named_events_gateways_and_flows_have_labels_that_cover_nothing(
    picture: Picture, nodes: dict[str, etree._Element], flows: dict[str, etree._Element]
) -> None:
    for key, element in (*nodes.items(), *flows.items()):
        outside = key in flows or element.tag.endswith(("Event", "Gateway"))
        assert (key in picture.labels) == (outside and element.get("name") is not None), key
    for (first, one), (second, two) in combinations(picture.labels.items(), 2):
        assert not one.overlaps(two), (first, second)
    for name, label in picture.labels.items():
        for key, node in nodes.items():
            if node.tag != f"{BPMN}subProcess":
                assert not label.overlaps(picture.shapes[key]), (name, key)
