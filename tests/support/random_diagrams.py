"""Random block-structured diagrams, the same for the same seed.

Conditions call `pick(branch, branches)`, `some(branch)` and `again()`, which the test gives.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.support import diagrams
from tests.support.diagrams import (
    Element,
    boundary_event,
    call_activity,
    catch_event,
    definitions,
    end_event,
    error,
    event_based_gateway,
    event_start,
    event_sub_process,
    exclusive_gateway,
    flow,
    inclusive_gateway,
    message,
    multi_instance,
    parallel_gateway,
    path,
    process,
    receive_task,
    service_task,
    start_event,
    sub_process,
    terminate,
    timer,
    user_task,
)


@dataclass(frozen=True)
class Block:
    """A part of a diagram with one way in and one way out.

    `leave` is the condition of the flow out of it; `is_activity`: boundary events may be attached.
    """

    parts: tuple[Element, ...]
    entry: str
    exit: str
    leave: str | None = None
    is_activity: bool = False


class RandomDiagram:
    """`definitions` is the diagram of a seed; `depth` bounds the nesting of its blocks."""

    def __init__(self, seed: int, depth: int = 5) -> None:
        self._random = random.Random(seed)
        self._count = 0
        block = self._sequence(depth)
        self.definitions = definitions(
            process(
                "process",
                start_event("start"),
                end_event("end"),
                flow("start", block.entry),
                *block.parts,
                flow(block.exit, "end", block.leave),
                *self._maybe_event_sub_process(depth),
            )
        )

    def _id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def _block(self, depth: int) -> Block:
        simple: list[Callable[[int], Block]] = [self._user, self._service]
        if depth <= 0:
            return self._random.choice(simple)(depth)
        kinds = [
            *simple,
            self._user,
            self._call,
            self._receive,
            self._sequence,
            self._exclusive,
            self._parallel,
            self._inclusive,
            self._loop,
            self._sub_process,
            self._multi_instance_sub_process,
            self._multi_instance,
            self._boundary,
            self._catch,
            self._event_gateway,
        ]
        return self._random.choice(kinds)(depth)

    def _user(self, depth: int) -> Block:
        return self._activity(user_task(self._id("user")))

    def _service(self, depth: int) -> Block:
        return self._activity(service_task(self._id("service")))

    def _call(self, depth: int) -> Block:
        return self._activity(call_activity(self._id("call"), "other"))

    def _receive(self, depth: int) -> Block:
        return self._activity(receive_task(self._id("receive"), "news"))

    def _multi_instance(self, depth: int) -> Block:
        make = self._random.choice([user_task, service_task])
        return self._activity(make(self._id("each"), self._characteristics()))

    def _activity(self, node: Element) -> Block:
        return Block((node,), str(node.get("id")), str(node.get("id")), is_activity=True)

    def _characteristics(self) -> Element:
        until = self._random.choice([None, "${nrOfCompletedInstances >= 2}"])
        return multi_instance(
            "items",
            "item",
            sequential=self._random.random() < 0.5,
            results="results",
            result="result",
            until=until,
        )

    def _catch(self, depth: int) -> Block:
        definition = self._random.choice([message("news"), timer(duration="PT1H")])
        node = catch_event(self._id("catch"), definition)
        return Block((node,), str(node.get("id")), str(node.get("id")))

    def _sequence(self, depth: int) -> Block:
        first, second = self._block(depth - 1), self._block(depth - 1)
        between = flow(first.exit, second.entry, first.leave)
        parts = (*first.parts, between, *second.parts)
        return Block(parts, first.entry, second.exit, second.leave)

    def _exclusive(self, depth: int) -> Block:
        return self._split(depth, exclusive_gateway, "${{pick({branch}, {branches})}}")

    def _inclusive(self, depth: int) -> Block:
        return self._split(depth, inclusive_gateway, "${{some({branch})}}")

    def _parallel(self, depth: int) -> Block:
        return self._split(depth, lambda id, default=None: parallel_gateway(id), None)

    def _split(self, depth: int, gateway: Callable[..., Element], condition: str | None) -> Block:
        fork, join, default = self._id("fork"), self._id("join"), self._id("default")
        blocks = [self._block(depth - 1) for _ in range(self._random.choice([2, 2, 3]))]
        parts = [gateway(fork, default=default), gateway(join)]
        for branch, block in enumerate(blocks):
            if condition is None:
                way_in = flow(fork, block.entry)
            elif branch == 0:
                way_in = flow(fork, block.entry, id=default)
            else:
                text = condition.format(branch=branch, branches=len(blocks))
                way_in = flow(fork, block.entry, text)
            parts += [way_in, *block.parts, flow(block.exit, join, block.leave)]
        return Block(tuple(parts), fork, join)

    def _loop(self, depth: int) -> Block:
        merge, check = self._id("merge"), self._id("check")
        block = self._block(depth - 1)
        parts = (
            exclusive_gateway(merge),
            exclusive_gateway(check),
            flow(merge, block.entry),
            *block.parts,
            flow(block.exit, check, block.leave),
            flow(check, merge, "${again()}"),
        )
        return Block(parts, merge, check, "${!again()}")

    def _event_gateway(self, depth: int) -> Block:
        gateway, join = self._id("first"), self._id("join")
        news, later = self._id("catch"), self._id("catch")
        parts = (
            event_based_gateway(gateway),
            catch_event(news, message("news")),
            catch_event(later, timer(duration="PT2H")),
            exclusive_gateway(join),
            *path(gateway, news, join),
            *path(gateway, later, join),
        )
        return Block(parts, gateway, join)

    def _sub_process(self, depth: int) -> Block:
        return self._activity(self._scope(depth, sub_process, []))

    def _multi_instance_sub_process(self, depth: int) -> Block:
        return self._activity(self._scope(depth, sub_process, [self._characteristics()]))

    def _scope(self, depth: int, make: Callable[..., Element], extra: list[Element]) -> Element:
        id, block = self._id("scope"), self._block(depth - 1)
        return make(
            id,
            *extra,
            start_event(f"{id}_start"),
            end_event(f"{id}_end"),
            flow(f"{id}_start", block.entry),
            *block.parts,
            flow(block.exit, f"{id}_end", block.leave),
            *self._maybe_event_sub_process(depth),
        )

    def _maybe_event_sub_process(self, depth: int) -> list[Element]:
        if self._random.random() > 0.15:
            return []
        id, block = self._id("event_scope"), self._block(depth - 3)
        definition = self._random.choice([message("alarm"), timer(cycle="R2/PT5H"), error("B1")])
        interrupting = "errorEvent" in str(definition.tag) or self._random.random() < 0.5
        return [
            event_sub_process(
                id,
                event_start(f"{id}_start", definition, interrupting=interrupting),
                end_event(f"{id}_end"),
                flow(f"{id}_start", block.entry),
                *block.parts,
                flow(block.exit, f"{id}_end", block.leave),
            )
        ]

    def _boundary(self, depth: int) -> Block:
        host = self._block(depth - 1)
        while not host.is_activity:
            host = self._block(max(depth - 1, 1))
        id, end, handler = self._id("boundary"), self._id("end"), self._block(depth - 2)
        definition, interrupting = self._random.choice(
            [
                (message("stop"), True),
                (message("stop"), False),
                (timer(duration="PT3H"), True),
                (timer(duration="PT3H"), False),
                (timer(cycle="R2/PT4H"), False),
                (error(), True),
                (error("B1"), True),
            ]
        )
        ending = self._random.choice([[], [], [], [terminate()], [error("B1")]])
        parts = (
            *host.parts,
            boundary_event(id, host.entry, definition, interrupting=interrupting),
            end_event(end, *(ending if interrupting else [])),
            flow(id, handler.entry),
            *handler.parts,
            flow(handler.exit, end, handler.leave),
        )
        return Block(parts, host.entry, host.exit)


def as_text(root: Element) -> str:
    """The diagram of a failed seed, to be looked at."""
    return diagrams.etree.tostring(root, pretty_print=True).decode()
