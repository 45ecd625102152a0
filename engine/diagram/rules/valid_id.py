"""Every element that runs has an id, and it is an XML name (NCName) of ASCII characters.

Ids are kept in the store, written in addresses and used as keys: an element without one can't be
named in history, and one with blanks or colons would break them. Other letters are good XML, but
the common modeler drops such an element when it opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.namespaces import bpmn, bpmn_name
from engine.diagram.parts import FLOW_NODES
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_NAMED = FLOW_NODES | {"process", "sequenceFlow"}

MISSING = Wording(
    en="Expected the {type} to have an id, but it has none.",
    ru="Ожидалось, что у элемента {type} есть id, но его нет.",
    kk="{type} элементінің id белгісі болуы керек, бірақ ол жоқ.",
)
MALFORMED = Wording(
    en="Expected the id to be a name of Latin letters, digits, '_', '-' and '.', but found '{id}'.",
    ru="Ожидался id из латинских букв, цифр, «_», «-» и «.», но найдено «{id}».",
    kk="id латын әріптерінен, цифрлардан, «_», «-» және «.» тұруы керек, бірақ «{id}» табылды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each process, node or flow whose id is missing or no name."""
    for process in diagram.executable_xml:
        for element in process.iter(bpmn("*")):
            name = bpmn_name(element)
            if name not in _NAMED:
                continue
            identifier = element.get("id")
            if not identifier and name != "process":
                yield at_xml(element, MISSING, type=name)
            elif identifier and not _NCNAME.fullmatch(identifier):
                yield at_xml(element, MALFORMED)


RULE = Rule("valid-id", check)
