"""Models that belong together: which element an `href` means, which model an import brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.model import (
    Decision,
    DecisionService,
    DrgElement,
    Element,
    Import,
    InputData,
    KnowledgeModel,
    Model,
    Reference,
)
from engine.dmn.problems import Problem, Wording, make_problem

RULE = "model-reference"

SAME_NAMESPACE = Wording(
    en="Expected every model to have a namespace of its own, but {namespace} is also that of "
    "{other}.",
    ru="Ожидалось, что у каждой модели своё пространство имён, но {namespace} есть и у {other}.",
    kk="Әр модельдің өз атау кеңістігі болуы керек, бірақ {namespace} {other} моделінде де бар.",
)
NO_IMPORTED_MODEL = Wording(
    en="Expected a model of the namespace {namespace} (import {name}), but there is none.",
    ru="Ожидалась модель с пространством имён {namespace} (импорт {name}), но её нет.",
    kk="{namespace} атау кеңістігіндегі модель күтілді ({name} импорты), бірақ ол жоқ.",
)
NOT_FOUND = Wording(
    en="Expected {kind} where {href} points, but there is none.",
    ru="Ожидался элемент {kind} по ссылке {href}, но его нет.",
    kk="{href} сілтемесі бойынша {kind} элементі күтілді, бірақ ол жоқ.",
)

TAGS: dict[type[DrgElement], str] = {
    InputData: "inputData",
    Decision: "decision",
    KnowledgeModel: "businessKnowledgeModel",
    DecisionService: "decisionService",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What an `href` means: an element, its model, and the name under which that is imported."""

    element: DrgElement
    model: Model
    import_name: str


class Library:
    """Models by namespace. `problems` is what linking them has found wrong."""

    def __init__(self, models: Sequence[Model]) -> None:
        self.models = tuple(models)
        self.problems: list[Problem] = []
        self._by_namespace: dict[str, Model] = {}
        self._elements: dict[str, dict[str, DrgElement]] = {}
        for model in models:
            self._add(model)
        for model in models:
            self._check_imports(model)

    def imports(self, model: Model) -> Iterator[tuple[Import, Model]]:
        """The decision models that a model imports."""
        for each in model.imports:
            imported = self._imported(each)
            if imported is not None:
                yield each, imported

    def model(self, namespace: str) -> Model | None:
        return self._by_namespace.get(namespace)

    def find(
        self, model: Model, reference: Reference, kinds: tuple[type[DrgElement], ...]
    ) -> Found | None:
        """The element of one of the `kinds` that is meant; None and a problem where none is."""
        for import_name, target in self._places(model, reference):
            element = self._elements[target.namespace].get(reference.element_id)
            if isinstance(element, kinds):
                return Found(element, target, import_name)
        kind = " / ".join(TAGS[kind] for kind in kinds)
        href = f"{reference.location or ''}#{reference.element_id}"
        self._report(NOT_FOUND, reference, kind=kind, href=href)
        return None

    def _places(self, model: Model, reference: Reference) -> Iterator[tuple[str, Model]]:
        """The models that a reference can point into, with the names of their imports."""
        location = reference.location
        if location is None or location in (model.namespace, model.file_name):
            yield "", model
        for each, imported in self.imports(model):
            if location in (imported.namespace, each.location, imported.file_name):
                yield each.name, imported
            elif location is None and not each.name:
                yield "", imported

    def _imported(self, each: Import) -> Model | None:
        by_file = (model for model in self.models if each.location == model.file_name)
        return self._by_namespace.get(each.namespace) or next(by_file, None)

    def _add(self, model: Model) -> None:
        other = self._by_namespace.get(model.namespace)
        if other is not None:
            self._report(SAME_NAMESPACE, model, namespace=model.namespace, other=other.file_name)
        self._by_namespace[model.namespace] = model
        self._elements[model.namespace] = {
            element.id: element for element in drg_elements(model) if element.id is not None
        }

    def _check_imports(self, model: Model) -> None:
        for each in model.imports:
            if is_model(each) and self._imported(each) is None:
                self._report(NO_IMPORTED_MODEL, each, namespace=each.namespace, name=each.name)

    def _report(self, wording: Wording, element: Element, **details: object) -> None:
        self.problems.append(
            make_problem(RULE, wording, details, element_id=element.id, line=element.line)
        )


def is_model(each: Import) -> bool:
    """Whether a decision model is imported, not an XML Schema or PMML."""
    return each.import_type is None or "/DMN/" in each.import_type


def drg_elements(model: Model) -> Iterator[DrgElement]:
    """Everything in a model that a requirement can mean."""
    yield from model.inputs
    yield from model.decisions
    yield from model.knowledge_models
    yield from model.services
