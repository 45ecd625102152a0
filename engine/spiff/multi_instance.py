"""Multi-instance activities: a body token, and an item token for each instance.

The body's scope holds the counters, the results by index and, for a sequential one, the items;
an item's scope holds `loopCounter`, its element and its result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from engine.errors import StepFailed
from engine.feel import is_expression
from engine.spiff.scoping import enclosing_scope, evaluate, holds, open_local_scope, read
from engine.spiff.specs import Activity, FlowNode

if TYPE_CHECKING:
    from engine.spiff.specification import ScopeSpec
    from engine.spiff.tokens import Token

ITEMS = "#items"


@dataclass(frozen=True)
class Loop:
    """What the diagram says: `collection` is the name of a variable or an expression."""

    sequential: bool
    collection: str | None
    cardinality: str | None
    element_variable: str | None
    output_collection: str | None
    output_item: str | None
    completion_condition: str | None


class MultiInstance(Activity):
    """The body around an activity, which stays an element of its own: `item`."""

    is_body: ClassVar[bool] = True

    def __init__(self, scope: ScopeSpec, element_id: str, item: FlowNode, loop: Loop) -> None:
        super().__init__(scope, element_id)
        self.item = item
        self.loop = loop
        self.output_item = loop.output_item

    def start(self, token: Token) -> bool | None:
        items = self._items(token)
        total = len(items)
        token.process.expect_budget(token, total)
        results: dict[str, object] = {}
        if self.loop.output_collection:
            results[self.loop.output_collection] = [None] * total
        if self.loop.sequential and self.loop.element_variable:
            results[ITEMS] = list(items)
        open_local_scope(token, {"nrOfInstances": total, **results})
        token.internal_data.update(total=total, next=0, active=0, done=0)
        if not total:
            self._write_results(token)
            return True
        for _ in range(1 if self.loop.sequential else total):
            self._place_item(token, items)
        self._count(token)
        return None

    def item_completed(self, body: Token, item: Token) -> None:
        """An item has been done: take its result, and see whether it was the last."""
        body.internal_data["done"] += 1
        self._take_result(body, item)
        condition = self.loop.completion_condition
        body.internal_data["active"] -= 1
        self._count(body)
        if condition is not None and holds(item, condition):
            self._finish(body)
        else:
            self._go_on(body)

    def item_cancelled(self, body: Token) -> None:
        """An item has been cancelled alone: it gives no result."""
        body.internal_data["active"] -= 1
        self._count(body)
        self._go_on(body)

    def _go_on(self, body: Token) -> None:
        counters = body.internal_data
        if self.loop.sequential and counters["next"] < counters["total"]:
            self._place_item(body, self._remembered_items(body))
            self._count(body)
        elif not counters["active"]:
            self._finish(body)

    def _remembered_items(self, body: Token) -> Sequence[object]:
        if self.loop.element_variable is None:
            return ()
        return cast(Sequence[object], body.process.variables.get_local(body.id, ITEMS))

    def _place_item(self, body: Token, items: Sequence[object]) -> None:
        counters = body.internal_data
        index = counters["next"]
        counters["next"] += 1
        counters["active"] += 1
        item = body._add_child(self.item)
        item.internal_data["index"] = index
        local: dict[str, object] = {"loopCounter": index}
        if self.loop.output_item:
            local[self.loop.output_item] = None
        if self.loop.element_variable:
            local[self.loop.element_variable] = items[index]
        open_local_scope(item, local)
        self.item._update(item)

    def _items(self, token: Token) -> Sequence[object]:
        if self.loop.collection is None:
            return range(self._cardinality(token))
        text = self.loop.collection
        items = evaluate(token, text) if is_expression(text) else read(token, text)
        if isinstance(items, str | bytes) or not isinstance(items, Sequence):
            raise StepFailed(self.bpmn_id, f"Expected {text} to be a list, but it is {items!r}")
        return items

    def _cardinality(self, token: Token) -> int:
        text = self.loop.cardinality or ""
        value = evaluate(token, text)
        if isinstance(value, str) and value.strip().isdigit():
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise StepFailed(self.bpmn_id, f"Expected {text} to be a count, but it is {value!r}")

    def _count(self, body: Token) -> None:
        variables, counters = body.process.variables, body.internal_data
        variables.set_local(body.id, "nrOfCompletedInstances", counters["done"])
        variables.set_local(body.id, "nrOfActiveInstances", counters["active"])

    def _take_result(self, body: Token, item: Token) -> None:
        name, item_name = self.loop.output_collection, self.loop.output_item
        if name is None or item_name is None:
            return
        variables = body.process.variables
        results = list(cast(list[object], variables.get_local(body.id, name)))
        results[item.internal_data["index"]] = variables.get_local(item.id, item_name)
        variables.set_local(body.id, name, results)

    def _write_results(self, body: Token) -> None:
        name = self.loop.output_collection
        if name is not None:
            variables = body.process.variables
            variables.set(enclosing_scope(body), name, variables.get_local(body.id, name))

    def _finish(self, body: Token) -> None:
        self._write_results(body)
        body.complete()
