"""Which rules match together, which include others, which leave nothing for others, which input
no rule matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.analysis.grid import Dimension, Grid, Work, may, sure
from engine.dmn.tables.bit_sets import bits


@dataclass(frozen=True, slots=True)
class Shared:
    """Inputs that two rules both match. Not `is_certain`: if these values occur at all."""

    regions: tuple[int, ...]
    is_certain: bool


def overlapping(grid: Grid, work: Work) -> list[int]:
    """For each rule the later rules that certainly match some input together with it.

    Of inputs that are calculated it is not known whether they occur: `shared` tells. Raises
    TooLarge.
    """
    together = grid.meeting(sure, sure, work)
    return [rules >> (rule + 1) << (rule + 1) for rule, rules in enumerate(together)]


def shared(grid: Grid, rule: int, other: int) -> Shared:
    """What two overlapping rules have in common."""
    regions = []
    is_certain = True
    for dimension in grid.dimensions:
        common = dimension.cells[rule].sure & dimension.cells[other].sure
        allowed = common & dimension.axis.allowed if dimension.is_free else 0
        is_certain = is_certain and (common == dimension.whole or allowed != 0)
        regions.append(common if common == dimension.whole else allowed or common)
    return Shared(tuple(regions), is_certain)


def including(grid: Grid, work: Work) -> list[int]:
    """For each rule the other rules that certainly match whenever it does. Raises TooLarge."""
    return [rules & ~(1 << rule) for rule, rules in enumerate(grid.within(work))]


def masked(grid: Grid, stronger: Sequence[int], work: Work) -> dict[int, tuple[int, ...]]:
    """The rules that never count, as others before them leave nothing: each with these others.

    `stronger` are, for each rule, those that win over it. Raises TooLarge.
    """
    grid.spend_on_regions(work)
    within, touching = grid.within(work), grid.meeting(may, sure, work)
    found: dict[int, tuple[int, ...]] = {}
    for rule in range(grid.count):
        if not grid.possible(rule):
            continue
        alone = within[rule] & stronger[rule]
        if alone:
            found[rule] = (next(bits(alone)),)
            continue
        rivals = touching[rule] & stronger[rule]
        if rivals and _is_covered(grid, rule, rivals, work):
            found[rule] = tuple(bits(rivals))
    return found


def gap(grid: Grid, work: Work) -> tuple[int, ...] | None:
    """Regions of each input in which no rule matches, None if there are none. Raises TooLarge.

    In an input whose values may not all occur the regions are not told apart.
    """
    if not all(dimension.whole for dimension in grid.dimensions):
        return None
    grid.spend_on_regions(work)
    layers = [_certain_layer(dimension, work) for dimension in grid.dimensions]
    return _Search(grid, layers, work).uncovered(grid.everything)


Layer = Mapping[int, int]
"""What there is to tell apart in one input: a set of rules → the regions where just these match."""


def _is_covered(grid: Grid, rule: int, rivals: int, work: Work) -> bool:
    layers = [
        _layer(dimension.sure_at, dimension.cells[rule].may, rivals, work)
        for dimension in grid.dimensions
    ]
    return _Search(grid, layers, work).uncovered(rivals) is None


def _certain_layer(dimension: Dimension, work: Work) -> Layer:
    if dimension.certain:
        return _layer(dimension.may_at, dimension.certain, -1, work)
    somewhere = 0
    for rules in dimension.may_at:
        somewhere |= rules
    return {somewhere: dimension.whole}


def _layer(rules_at: Sequence[int], regions: int, among: int, work: Work) -> Layer:
    work.spend(regions.bit_count())
    layer: dict[int, int] = {}
    for region in bits(regions):
        rules = rules_at[region] & among
        layer[rules] = layer.get(rules, 0) | 1 << region
    return layer


class _Search:
    """Goes through the inputs one by one; rules that match so far are carried along.

    What was found to be covered for the same rules is not gone through again.
    """

    def __init__(self, grid: Grid, layers: Sequence[Layer], work: Work) -> None:
        self._order = sorted(range(len(layers)), key=lambda index: len(layers[index]))
        self._layers = [layers[index] for index in self._order]
        self._whole = [dimension.whole for dimension in grid.dimensions]
        self._work = work
        self._everywhere = list(_everywhere(self._layers))
        self._covered: set[tuple[int, int]] = set()

    def uncovered(self, rules: int) -> tuple[int, ...] | None:
        """Regions, in the order of the inputs, where none of the rules matches."""
        path = self._search(0, rules)
        if path is None:
            return None
        regions = list(self._whole)
        for index, within in zip(self._order, path, strict=False):
            regions[index] = within
        return tuple(regions)

    def _search(self, depth: int, rules: int) -> tuple[int, ...] | None:
        if not rules:
            return ()
        if depth == len(self._layers) or rules & self._everywhere[depth]:
            return None
        if (depth, rules) in self._covered:
            return None
        for left, regions in self._choices(depth, rules):
            path = self._search(depth + 1, left)
            if path is not None:
                return (regions, *path)
        self._covered.add((depth, rules))
        return None

    def _choices(self, depth: int, rules: int) -> Iterable[tuple[int, int]]:
        """The different sets of rules that are left by the next input, small ones first."""
        layer = self._layers[depth]
        self._work.spend(len(layer))
        choices: dict[int, int] = {}
        for matching, regions in layer.items():
            left = matching & rules
            choices[left] = choices.get(left, 0) | regions
        return sorted(choices.items(), key=lambda choice: choice[0].bit_count())


def _everywhere(layers: Sequence[Layer]) -> Iterable[int]:
    """For each depth the rules that match in all regions from there on."""
    everywhere, found = -1, []
    for layer in reversed(layers):
        for rules in layer:
            everywhere &= rules
        found.append(everywhere)
    return reversed(found)
