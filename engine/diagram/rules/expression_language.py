"""Expressions are written `${…}` or `= …` (FEEL); where one is needed, plain text is refused.

Deferred expressions (`#{…}`) and other languages are not read. A condition without `${…}` or `=`
would be a text, which is neither true nor false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from engine.diagram.expressions import ExpressionUse, Form, expressions_of
from engine.diagram.facts import Diagram
from engine.diagram.namespaces import bpmn
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at, at_xml
from engine.diagram.surroundings import Surroundings
from engine.feel import is_expression

_PLAIN_FORMS: Mapping[Form, Callable[[str], bool]] = {
    "expression": lambda _text: False,
    "text": lambda _text: True,
    "number": str.isdecimal,
    "variable": str.isidentifier,
}

DEFERRED = Wording(
    en="Expected an expression ${{…}} or = … as {place} of {id}, but found '{text}'; write ${{…}}.",
    ru="Ожидалось выражение ${{…}} или = … ({place} у {id}), но найдено «{text}»; пишите ${{…}}.",
    kk="{id} элементінің {place} орнында ${{…}} не = … өрнегі керек, бірақ «{text}» табылды.",
)
PLAIN = Wording(
    en="Expected an expression ${{…}} or = … as {place} of {id}, but '{text}' is plain text.",
    ru="Ожидалось выражение ${{…}} или = … ({place} у {id}), но «{text}» просто текст.",
    kk="{id} элементінің {place} орнында ${{…}} не = … өрнегі керек, бірақ «{text}» жай мәтін.",
)
OTHER_LANGUAGE = Wording(
    en="Expected the condition of {id} as ${{…}} or in FEEL, but its language is "
    '"{language}"; leave it out.',
    ru="Ожидалось условие {id} в виде ${{…}} или на FEEL, но его язык {language}.",
    kk="{id} шарты ${{…}} түрінде не FEEL тілінде болуы керек, бірақ оның тілі {language}.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each text in another language, or that should be an expression."""
    for process in diagram.executable:
        for use in expressions_of(process):
            yield from _check_use(use)
        yield from _check_languages(diagram.xml_by_id.get(process.id))


def _check_use(use: ExpressionUse) -> Iterator[Finding]:
    text = use.text.strip()
    if text.startswith("#{"):
        yield at(use, DEFERRED, place=use.place, text=text)
    elif not is_expression(text) and not _PLAIN_FORMS[use.form](text):
        yield at(use, PLAIN, place=use.place, text=text)


def _check_languages(process: etree._Element | None) -> Iterator[Finding]:
    if process is None:
        return
    for condition in process.iter(bpmn("conditionExpression"), bpmn("condition")):
        language = condition.get("language", "")
        if language:
            yield at_xml(condition, OTHER_LANGUAGE, language=language)


RULE = Rule("expression-language", check)
