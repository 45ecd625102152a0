"""Elements of the XML of a model: by local name in DMN's namespace, with names and types put
into one spelling, and problems collected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from engine.dmn.model import Reference, Text, Translations, Variable
from engine.dmn.problems import Problem, Wording, make_problem

FEEL_NAMESPACE = re.compile(r"https?://www\.omg\.org/spec/(?:DMN/\d{8}/FEEL|FEEL/\d{8})/?")
"""How FEEL is named as a language, and the namespace of its types, in all versions."""

UNDEFINED = "<Undefined>"
"""What a modeller writes where there is no type."""

I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
"""The OMG's names in several languages, for diagrams and decisions alike."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

RULE_LANGUAGE = "expression-language"
RULE_COMPLETE = "complete-model"

LANGUAGE = Wording(
    en="Expected FEEL as the expression language, but found {language}.",
    ru="Ожидался язык выражений FEEL, но указан {language}.",
    kk="Өрнек тілі FEEL болуы керек, бірақ {language} көрсетілген.",
)
MISSING_ATTRIBUTE = Wording(
    en="Expected the attribute {attribute} at {tag}, but there is none.",
    ru="Ожидался атрибут {attribute} у элемента {tag}, но его нет.",
    kk="{tag} элементінде {attribute} атрибуты күтілді, бірақ ол жоқ.",
)


def local_name(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


def one_line(text: str) -> str:
    """A name: single spaces within, none around."""
    return " ".join(text.split())


def extension_attribute(node: etree._Element, name: str) -> str | None:
    """An attribute of a modeller's own namespace, such as `camunda:versionTag`."""
    for key, value in node.attrib.items():
        if key.startswith("{") and key.rpartition("}")[2] == name:
            return str(value)
    return None


class Nodes:
    """The XML of one model while it is read."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.dmn = etree.QName(root).namespace
        self.namespace: str = root.get("namespace", "")
        self.problems: list[Problem] = []

    def children(self, node: etree._Element, *names: str) -> Iterator[etree._Element]:
        """Children in DMN's namespace; with `names` only those."""
        for child in node:
            name = etree.QName(child)
            if name.namespace == self.dmn and (not names or name.localname in names):
                yield child

    def child(self, node: etree._Element, name: str) -> etree._Element | None:
        return next(self.children(node, name), None)

    def attribute(self, node: etree._Element, name: str) -> str:
        """A needed attribute; "" and a problem where it is missing."""
        value = node.get(name)
        if value is None:
            self.report(
                RULE_COMPLETE, MISSING_ATTRIBUTE, node, attribute=name, tag=local_name(node)
            )
            return ""
        return str(value)

    def name(self, node: etree._Element) -> str:
        return one_line(self.attribute(node, "name"))

    def content(self, node: etree._Element, name: str) -> str | None:
        """The text of the child `name`."""
        child = self.child(node, name)
        return None if child is None else "".join(child.itertext()).strip()

    def text(self, node: etree._Element | None) -> Text | None:
        """FEEL in the `text` of `node`; None where `node` is None or has nothing in it."""
        if node is None:
            return None
        self.check_language(node)
        text = self.content(node, "text")
        return Text(text=text, id=node.get("id"), line=node.sourceline) if text else None

    def cell(self, node: etree._Element) -> Text:
        """FEEL in the `text` of `node`, "" where there is none."""
        return self.text(node) or Text(text="", id=node.get("id"), line=node.sourceline)

    def check_language(self, node: etree._Element) -> None:
        language = node.get("expressionLanguage") or self.root.get("expressionLanguage") or "feel"
        if language.lower() != "feel" and not FEEL_NAMESPACE.fullmatch(language):
            self.report(RULE_LANGUAGE, LANGUAGE, node, language=language)

    def type_ref(self, node: etree._Element) -> str | None:
        """The attribute `typeRef` (DMN 1.2 and later) or the child of that name."""
        text = node.get("typeRef")
        if text is None:
            text = self.content(node, "typeRef")
        return self.type_name(node, text)

    def type_name(self, node: etree._Element, text: str | None) -> str | None:
        """The name of a type with its XML prefix resolved, as `engine.dmn.model` spells it."""
        name = one_line(text or "")
        if not name or name == UNDEFINED:
            return None
        prefix, colon, local = name.partition(":")
        namespace = node.nsmap.get(prefix) if colon else None
        if namespace is None:
            return name
        if namespace == self.namespace or FEEL_NAMESPACE.fullmatch(namespace):
            return local
        return f"{{{namespace}}}{local}"

    def variable(self, node: etree._Element) -> Variable:
        """An information item: `variable`, `parameter`, `formalParameter`, `column`."""
        return Variable(
            name=self.name(node),
            type_ref=self.type_ref(node),
            id=node.get("id"),
            line=node.sourceline,
        )

    def translations(self, node: etree._Element) -> Translations:
        """The names of `node` by language, in its extension elements; the first of each counts."""
        names: dict[str, str] = {}
        extension = self.child(node, "extensionElements")
        for each in () if extension is None else extension.iterfind(f"{{{I18N}}}translation"):
            language = each.get(_LANG, "").split("-")[0].lower()
            name = one_line("".join(each.itertext()))
            if language and name:
                names.setdefault(language, name)
        return tuple(names.items())

    def reference(self, node: etree._Element) -> Reference:
        """The `href` of a requirement: `#id`, `namespace#id`, `file#id` or a bare id."""
        href = self.attribute(node, "href").strip()
        location, hash_sign, element_id = href.rpartition("#")
        return Reference(
            element_id=element_id if hash_sign else href,
            location=location or None,
            line=node.sourceline,
        )

    def report(self, rule: str, wording: Wording, node: etree._Element, **details: object) -> None:
        self.problems.append(
            make_problem(rule, wording, details, element_id=node.get("id"), line=node.sourceline)
        )
