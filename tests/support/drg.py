"""Decision models written in XML by a test, without the head of the file."""

from __future__ import annotations

from collections.abc import Iterable

from engine.dmn import Decisions, compile_models, read_model
from engine.dmn.reading import VERSIONS

NAMESPACES = {version: namespace for namespace, version in VERSIONS.items()}


def definitions(body: str, *, namespace: str = "urn:test", version: str = "1.5") -> bytes:
    """A file with this content."""
    return (
        f'<definitions xmlns="{NAMESPACES[version]}" id="model" name="Model" '
        f'namespace="{namespace}">\n{body}\n</definitions>'
    ).encode()


def compiled(body: str, *imported: tuple[str, str], tolerant: bool = False) -> Decisions:
    """A model with those it imports: (namespace, content)."""
    models = [read_model(definitions(body), "test.dmn")]
    models += [
        read_model(definitions(content, namespace=namespace), f"{namespace}.dmn")
        for namespace, content in imported
    ]
    return compile_models(models, tolerant=tolerant)


def given(name: str, type_ref: str | None = None) -> str:
    """Input data."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def decision(
    name: str,
    logic: str,
    *,
    inputs: Iterable[str] = (),
    decisions: Iterable[str] = (),
    functions: Iterable[str] = (),
    type_ref: str | None = None,
) -> str:
    """A decision; what it requires by href, `#` in front where there is none. `logic` is XML, or
    a text of FEEL."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    required = [
        *(_requirement("information", "requiredInput", each) for each in inputs),
        *(_requirement("information", "requiredDecision", each) for each in decisions),
        *(_requirement("knowledge", "requiredKnowledge", each) for each in functions),
    ]
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>'
        f"{''.join(required)}{boxed(logic)}</decision>"
    )


def knowledge(name: str, parameters: str, logic: str, *, functions: Iterable[str] = ()) -> str:
    """A business knowledge model; `parameters` as "a: number, b"."""
    required = [_requirement("knowledge", "requiredKnowledge", each) for each in functions]
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"/>'
        f"<encapsulatedLogic>{formal_parameters(parameters)}{boxed(logic)}</encapsulatedLogic>"
        f"{''.join(required)}</businessKnowledgeModel>"
    )


def service(
    name: str,
    *,
    outputs: Iterable[str],
    inputs: Iterable[str] = (),
    decisions: Iterable[str] = (),
    type_ref: str | None = None,
) -> str:
    """A decision service; `decisions` are its input decisions."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    parts = [
        *(f'<outputDecision href="{_href(each)}"/>' for each in outputs),
        *(f'<inputDecision href="{_href(each)}"/>' for each in decisions),
        *(f'<inputData href="{_href(each)}"/>' for each in inputs),
    ]
    return (
        f'<decisionService id="{name}" name="{name}"><variable name="{name}"{typed}/>'
        f"{''.join(parts)}</decisionService>"
    )


def formal_parameters(parameters: str) -> str:
    """The XML of "a: number, b"."""
    found = [each.partition(":") for each in parameters.split(",") if each.strip()]
    return "".join(
        f'<formalParameter name="{name.strip()}"'
        + (f' typeRef="{type_ref.strip()}"/>' if type_ref else "/>")
        for name, _, type_ref in found
    )


def boxed(logic: str) -> str:
    """XML as it is; a text of FEEL as a literal expression."""
    if not logic or logic.lstrip().startswith("<"):
        return logic
    text = logic.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{text}</text></literalExpression>"


def _requirement(kind: str, tag: str, href: str) -> str:
    return f'<{kind}Requirement><{tag} href="{_href(href)}"/></{kind}Requirement>'


def _href(href: str) -> str:
    return href if "#" in href else f"#{href}"
