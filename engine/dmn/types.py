"""Item definitions to types (DMN 1.5, 7.3.2 and 10.3.2.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from engine.dmn.library import Library
from engine.dmn.model import Element, FunctionItem, ItemDefinition, Model, Text
from engine.dmn.problems import Problem, Wording, make_problem
from engine.dmn.scope import Scope
from engine.dmn.texts import elements_within
from engine.feel.budget import CURRENT, Budget
from engine.feel.feel import Evaluation, FeelUnaryTests, Frame
from engine.feel.types import (
    ANY,
    Constrained,
    ContextOf,
    FeelType,
    FunctionOf,
    ListOf,
    Reference,
    simple_type,
)

RULE = "item-definition"
MOST_REFERENCES = 50
"""Item definitions that refer to each other in a row."""

UNKNOWN_TYPE = Wording(
    en="Expected the name of a type or an item definition, but found {name}.",
    ru="Ожидалось имя типа или определения элемента данных (itemDefinition), но найдено {name}.",
    kk="Типтің немесе itemDefinition атауы күтілді, бірақ {name} табылды.",
)
TWICE = Wording(
    en="Expected one item definition with the name {name}, but there are several.",
    ru="Ожидалось одно определение (itemDefinition) с именем {name}, но их несколько.",
    kk="{name} атауымен бір ғана itemDefinition күтілді, бірақ олар бірнешеу.",
)
LOOP = Wording(
    en="Expected the item definition {name} to come to an end, but it refers to itself or to more "
    "than {most} others in a row.",
    ru="Ожидалось, что определение {name} где-то кончается, но оно ссылается само на себя или на "
    "более чем {most} других подряд.",
    kk="{name} анықтамасы аяқталуы керек, бірақ ол өзіне немесе қатарынан {most} артық анықтамаға "
    "сілтейді.",
)


class Types:
    """The types of all models, by model and by the name that a `type_ref` of it uses."""

    def __init__(self, library: Library) -> None:
        self.problems: list[Problem] = []
        self._library = library
        self._definitions = {
            model.namespace: {each.name: each for each in model.item_definitions}
            for model in library.models
        }
        self._types: dict[tuple[str, str], FeelType] = {}
        self._named: dict[str, Mapping[str, FeelType]] = {}
        for model in library.models:
            self._check(model)
        if not self.problems:
            for model in library.models:
                for each in model.item_definitions:
                    self._types[model.namespace, each.name] = self._definition(model, each)

    def named(self, model: Model) -> Mapping[str, FeelType]:
        """The types that FEEL texts of a model can name: `tLoan`, `import name.tLoan`."""
        if model.namespace not in self._named:
            self._named[model.namespace] = {
                name: self._reference(*key) for name, key in self._names(model)
            }
        return self._named[model.namespace]

    def find(self, model: Model, type_ref: str | None) -> FeelType:
        """The type that a `type_ref` of a model means; Any for None and for what means nothing."""
        if type_ref is None:
            return ANY
        key = self._key(model, type_ref)
        if key is not None:
            return self._types.get(key) or self._reference(*key)
        return simple_type(type_ref) or ANY

    def is_known(self, model: Model, type_ref: str) -> bool:
        """Whether a `type_ref` of a model means something."""
        return self._key(model, type_ref) is not None or simple_type(type_ref) is not None

    def check(self, model: Model) -> None:
        """Reports each `type_ref` in a model that means nothing."""
        for element in elements_within(model):
            for type_ref in type_refs(element):
                if not self.is_known(model, type_ref):
                    self._report(UNKNOWN_TYPE, element, name=type_ref)

    def _reference(self, namespace: str, name: str) -> Reference:
        return Reference(name, lambda: self._types.get((namespace, name), ANY))

    def _names(self, model: Model) -> Iterator[tuple[str, tuple[str, str]]]:
        for each, imported in self._library.imports(model):
            prefix = f"{each.name}." if each.name else ""
            for name in self._definitions[imported.namespace]:
                yield prefix + name, (imported.namespace, name)
        for name in self._definitions[model.namespace]:
            yield name, (model.namespace, name)

    def _key(self, model: Model, type_ref: str) -> tuple[str, str] | None:
        """The namespace and the name of the item definition that is meant."""
        if type_ref in self._definitions[model.namespace]:
            return model.namespace, type_ref
        for each, imported in self._library.imports(model):
            for prefix in (f"{each.name}." if each.name else "", f"{{{imported.namespace}}}"):
                name = type_ref.removeprefix(prefix)
                if type_ref.startswith(prefix) and name in self._definitions[imported.namespace]:
                    return imported.namespace, name
        return None

    def _definition(self, model: Model, definition: ItemDefinition) -> FeelType:
        definition_type = self._base(model, definition)
        if definition.allowed_values is not None:
            definition_type = self._constrained(
                model, definition, definition.allowed_values, definition_type, each_item=True
            )
        if definition.is_collection:
            definition_type = ListOf(definition_type)
        if definition.type_constraint is not None:
            definition_type = self._constrained(
                model, definition, definition.type_constraint, definition_type, each_item=False
            )
        return definition_type

    def _base(self, model: Model, definition: ItemDefinition) -> FeelType:
        if definition.components:
            return ContextOf(
                tuple((each.name, self._definition(model, each)) for each in definition.components)
            )
        if definition.function is not None:
            return self._function(model, definition.function)
        return self.find(model, definition.type_ref)

    def _function(self, model: Model, function: FunctionItem) -> FeelType:
        parameters = tuple(
            None if each.type_ref is None else self.find(model, each.type_ref)
            for each in function.parameters
        )
        result = function.output_type_ref
        return FunctionOf(parameters, None if result is None else self.find(model, result))

    def _constrained(
        self,
        model: Model,
        definition: ItemDefinition,
        tests: Text,
        base: FeelType,
        *,
        each_item: bool,
    ) -> FeelType:
        """A type with unary tests; with `each_item` a list is asked item by item."""
        scope = Scope(definition.name, {}, named_types=self.named(model), problems=self.problems)
        compiled = scope.unary_tests(tests, "allowed values")
        if compiled is None:
            return base
        passes = partial(_passes, compiled)

        def allowed(value: object) -> bool:
            if each_item and isinstance(value, list):
                return all(each is None or passes(each) for each in value)
            return passes(value)

        return Constrained(base, allowed, tests.text)

    def _check(self, model: Model) -> None:
        seen: set[str] = set()
        for definition in model.item_definitions:
            if definition.name in seen:
                self._report(TWICE, definition, name=definition.name)
            seen.add(definition.name)
            if self._is_endless(model, definition):
                self._report(LOOP, definition, name=definition.name, most=MOST_REFERENCES)

    def _is_endless(self, model: Model, definition: ItemDefinition) -> bool:
        for _ in range(MOST_REFERENCES):
            type_ref = None if definition.components else definition.type_ref
            key = None if type_ref is None else self._key(model, type_ref)
            target = None if key is None else self._library.model(key[0])
            if key is None or target is None:
                return False
            model, definition = target, self._definitions[key[0]][key[1]]
        return True

    def _report(self, wording: Wording, element: Element, **details: object) -> None:
        self.problems.append(
            make_problem(RULE, wording, details, element_id=element.id, line=element.line)
        )


def _passes(tests: FeelUnaryTests, value: object) -> bool:
    """Whether a value passes the tests, on the budget of the evaluation that asks."""
    evaluation = Evaluation(budget=CURRENT.get() or Budget())
    return tests.run(Frame({}, None, evaluation), value) is True


def bare(feel_type: FeelType) -> FeelType:
    """What a type is in the end: references resolved, constraints taken off."""
    for _ in range(2 * MOST_REFERENCES):
        match feel_type:
            case Reference():
                feel_type = feel_type.resolve()
            case Constrained(base):
                feel_type = base
            case _:
                return feel_type
    return ANY


def type_refs(element: Element) -> Iterator[str]:
    """The names of types that an element itself uses."""
    for attribute in ("type_ref", "variable_type_ref", "output_type_ref"):
        type_ref = getattr(element, attribute, None)
        if type_ref is not None:
            yield type_ref
