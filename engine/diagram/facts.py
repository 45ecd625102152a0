"""What a diagram says, as plain frozen data: no XML beyond this file's borders.

Texts are as written (trimmed): expressions are not evaluated, timers not parsed. Ids are BPMN ids;
an element without one gets `<type>_line_<n>` here, and the gate refuses the diagram. `line` is the
line in the file on which the element's start tag ends, counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from lxml import etree

from engine.diagram.namespaces import bpmn, is_true
from engine.diagram.parts import (
    EventDefinition,
    FlowFacts,
    FormField,
    LaneFacts,
    MultiInstance,
    Timer,
    VariableMapping,
)
from engine.diagram.translations import DEFAULT_LANGUAGE, choose_name

STATUS_TOPIC, FOLLOW_UP_TOPIC = "statusTopic", "followUpTopic"
"""Properties of a process: topics that listen to its instances."""


@dataclass(frozen=True, kw_only=True)
class ElementFacts:
    """A flow node: an activity, an event or a gateway. `type` is its BPMN tag, as "userTask"."""

    id: str
    type: str
    line: int
    process_id: str
    parent: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    default_language: str = DEFAULT_LANGUAGE
    documentation: str | None = None
    lane: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default_flow: str | None = None

    event_definitions: tuple[EventDefinition, ...] = ()
    attached_to: str | None = None
    cancel_activity: bool = True
    is_interrupting: bool = True
    triggered_by_event: bool = False
    message_name: str | None = None

    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    due_date: str | None = None
    follow_up_date: str | None = None
    priority: str | None = None
    form_key: str | None = None
    form_fields: tuple[FormField, ...] = ()

    topic: str | None = None
    input_parameters: Mapping[str, str] = field(default_factory=dict)
    output_parameters: Mapping[str, str] = field(default_factory=dict)
    called_element: str | None = None
    called_element_binding: str = "latest"
    called_element_version: str | None = None
    decision_ref: str | None = None
    decision_ref_binding: str = "latest"
    decision_ref_version: str | None = None
    decision_ref_version_tag: str | None = None
    map_decision_result: str = "resultList"
    result_variable: str | None = None
    in_mappings: tuple[VariableMapping, ...] = ()
    out_mappings: tuple[VariableMapping, ...] = ()
    multi_instance: MultiInstance | None = None

    def name(self, language: str) -> str:
        """The name in `language`, falling back to another language, then to the id."""
        return choose_name(self.names, language, self.default_language) or self.id

    @property
    def event(self) -> str | None:
        """The kind of the first event definition, None for plain events and other elements."""
        return self.event_definitions[0].kind if self.event_definitions else None

    @property
    def timer(self) -> Timer | None:
        """The timer of a timer event."""
        return next((d.timer for d in self.event_definitions if d.timer is not None), None)

    @property
    def condition(self) -> str | None:
        """The condition of a conditional event."""
        return next((d.condition for d in self.event_definitions if d.condition), None)

    @property
    def error_code(self) -> str | None:
        """The error code of an error event; None on a boundary or start: any error."""
        return next((d.error_code for d in self.event_definitions if d.error_code), None)

    @property
    def is_event_sub_process(self) -> bool:
        """Whether this is a sub-process that an event starts."""
        return self.type == "subProcess" and self.triggered_by_event

    @property
    def throws_message(self) -> bool:
        """Whether the engine itself sends a message here: a messageRef and no topic."""
        if self.topic is not None:
            return False
        if self.type == "sendTask":
            return self.message_name is not None
        return self.type in ("intermediateThrowEvent", "endEvent") and self.event == "message"

    @property
    def catches_message(self) -> bool:
        """Whether a message is waited for here."""
        catching = ("startEvent", "intermediateCatchEvent", "boundaryEvent")
        return self.type == "receiveTask" or (self.type in catching and self.event == "message")

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The rows and paragraphs carried out here (property `source`, separated by `;`)."""
        parts = self.properties.get("source", "").split(";")
        return tuple(part.strip() for part in parts if part.strip())

    @property
    def status(self) -> str | None:
        """The code of the status that the instance gets when a token enters."""
        return self.properties.get("status") or None

    @property
    def check(self) -> str | None:
        """The name of the completion check."""
        return self.properties.get("check") or None

    @property
    def correlation_key(self) -> str | None:
        """The expression of the correlation key; None: the instance's business key."""
        return self.properties.get("correlationKey") or None

    @property
    def sender_groups(self) -> tuple[str, ...]:
        """The groups whose members may send by hand the message that is waited for here."""
        return _listed(self.properties.get("candidateGroups"))

    @property
    def signature_document(self) -> str | None:
        """The expression naming the document to be signed; None: nothing is signed here."""
        return self.properties.get("signatureDocument") or None

    @property
    def signature_required(self) -> str | None:
        """When the signature is asked for; `${true}` unless said; None without a document."""
        if self.signature_document is None:
            return None
        return self.properties.get("signatureRequired") or "${true}"

    @property
    def signature_representative(self) -> str | None:
        """The expression for the IIN of who may sign with a key of their own; None: nobody."""
        return self.properties.get("signatureRepresentative") or None

    @property
    def remarks(self) -> str | None:
        """The expression of the remarks that open fields of the form; None: all are open."""
        return self.properties.get("remarks") or None

    @property
    def earlier(self) -> str | None:
        """The expression of the values that what is known now is compared with."""
        return self.properties.get("earlier") or None

    @property
    def has_form(self) -> bool:
        """Whether it shows a form, from a file or from its own form data."""
        return self.form_key is not None or bool(self.form_fields)

    @property
    def shows(self) -> tuple[str, ...]:
        """The ids of the earlier tasks whose answers stand above this one's form."""
        return _listed(self.properties.get("shows"))

    @property
    def remote(self) -> bool:
        """Whether a remote worker works off this element's topic."""
        return self.properties.get("remote", "").lower() == "true"


@dataclass(frozen=True, kw_only=True)
class ProcessFacts:
    """One process of a diagram; `elements` and `flows` hold those of its sub-processes too."""

    id: str
    line: int
    executable: bool
    names: Mapping[str, str] = field(default_factory=dict)
    default_language: str = DEFAULT_LANGUAGE
    documentation: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    starter_groups: tuple[str, ...] = ()
    starter_users: tuple[str, ...] = ()
    elements: Mapping[str, ElementFacts] = field(default_factory=dict)
    flows: Mapping[str, FlowFacts] = field(default_factory=dict)
    lanes: Mapping[str, LaneFacts] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in `language`, falling back to another language, then to the id."""
        return choose_name(self.names, language, self.default_language) or self.id

    @property
    def title(self) -> str | None:
        """The expression of an instance's title."""
        return self.properties.get("title") or None

    @property
    def unit(self) -> str | None:
        """The expression of an instance's unit (career centre)."""
        return self.properties.get("unit") or None

    @property
    def party(self) -> str | None:
        """The expression of an instance's party (BIN or IIN of the enterprise)."""
        return self.properties.get("party") or None

    @property
    def business_key(self) -> str | None:
        """The expression of the business key of an instance that is started without one."""
        return self.properties.get("businessKey") or None

    @property
    def listed(self) -> tuple[str, ...]:
        """The variables that lists of instances show (property `listed`, a comma list)."""
        return _listed(self.properties.get("listed"))

    @property
    def cancel_check(self) -> str | None:
        """The name of the completion check that runs when an instance is cancelled."""
        return self.properties.get("cancelCheck") or None

    @property
    def status_topic(self) -> str | None:
        """The topic whose handler is told of every change of an instance's status."""
        return self.properties.get(STATUS_TOPIC) or None

    @property
    def follow_up_topic(self) -> str | None:
        """The topic whose handler is told when the follow-up date of a user task has come."""
        return self.properties.get(FOLLOW_UP_TOPIC) or None

    @property
    def map_file(self) -> str | None:
        """The file of the functional map that this diagram must carry out."""
        return self.properties.get("map") or None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The variables given from outside, at the start or by messages."""
        parts = self.properties.get("inputs", "").split(",")
        return tuple(part.strip() for part in parts if part.strip())

    def inside(self, parent: str | None) -> Iterator[ElementFacts]:
        """The elements directly in a sub-process, or in the process itself (None)."""
        return iter(self._by_parent.get(parent, ()))

    def boundaries(self, element_id: str) -> Iterator[ElementFacts]:
        """The boundary events attached to an element."""
        return iter(self._by_host.get(element_id, ()))

    @cached_property
    def _by_parent(self) -> Mapping[str | None, list[ElementFacts]]:
        found: dict[str | None, list[ElementFacts]] = {}
        for element in self.elements.values():
            found.setdefault(element.parent, []).append(element)
        return found

    @cached_property
    def _by_host(self) -> Mapping[str | None, list[ElementFacts]]:
        found: dict[str | None, list[ElementFacts]] = {}
        for element in self.elements.values():
            found.setdefault(element.attached_to, []).append(element)
        return found

    def scopes_of(self, element: ElementFacts) -> Iterator[ElementFacts]:
        """The sub-processes that an element lies in, from the inside outwards."""
        while element.parent is not None and element.parent in self.elements:
            element = self.elements[element.parent]
            yield element


@dataclass(frozen=True)
class Diagram:
    """A diagram that could be read. `root` is its `definitions` element, sanitized:
    every sequence flow has an id, references carry no namespace prefix, no comments are left."""

    xml: bytes
    root: etree._Element = field(repr=False, compare=False)
    file_name: str
    processes: Mapping[str, ProcessFacts]
    messages: Mapping[str, str | None] = field(default_factory=dict)
    errors: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the process application: the file's name without its ending."""
        return PurePosixPath(self.file_name).stem

    @property
    def executable(self) -> tuple[ProcessFacts, ...]:
        """The processes to be executed; the others are documentation."""
        return tuple(process for process in self.processes.values() if process.executable)

    @property
    def executable_xml(self) -> tuple[etree._Element, ...]:
        """The XML of the processes to be executed, also of one without an id."""
        return tuple(
            process
            for process in self.root.iterfind(bpmn("process"))
            if is_true(process.get("isExecutable"))
        )

    def element(self, element_id: str) -> ElementFacts | None:
        """An element by its id, in whichever process."""
        for process in self.processes.values():
            if element_id in process.elements:
                return process.elements[element_id]
        return None

    @cached_property
    def xml_by_id(self) -> Mapping[str, etree._Element]:
        """The XML elements by id; of several with the same id the first."""
        found: dict[str, etree._Element] = {}
        for element in self.root.iter(etree.Element):
            identifier = element.get("id")
            if identifier is not None:
                found.setdefault(identifier, element)
        return found


def _listed(text: str | None) -> tuple[str, ...]:
    """The names of a comma list."""
    return tuple(name for name in map(str.strip, (text or "").split(",")) if name)
