"""Inputs of a given size from the recipes of an exercise: data, so that an own exercise needs no code for it.

A recipe is a value, which stands for itself, a list of recipes, or one of

* ``{size: SHARE, plus: K}`` the size times a share, as a whole number
* ``{index: STEP, plus: K}`` the position in the list around it times a step, as a whole number
* ``{int: [FROM, TO]}`` a whole number at random, both ends possible
* ``{pick: [RECIPE, …]}`` one of them at random
* ``{text: 'song {}', value: RECIPE}`` a text with a value in it, the position without one
* ``{name: RECIPE}`` a whole number in letters a to z
* ``{letters: ab, of: N}`` a text of N of these characters, at random
* ``{list: RECIPE, of: N}`` N times a recipe; ``{object: [KEY, RECIPE], of: N}`` an object of them
* ``{join: RECIPE, by: ','}`` texts or lists one behind the other; ``{sort: RECIPE}``; ``{shuffle: RECIPE}``

N is a recipe too, the size where it is left out. The same exercise and size give the same inputs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from pydantic import JsonValue

from interviewlab.errors import BadBank
from interviewlab.types import Exercise, Growing


def sizes_of(growing: Growing) -> tuple[int, ...]:
    """From the smallest to the largest, each at most twice the one before."""
    sizes = [growing.sizes[0]]
    while sizes[-1] * 2 <= growing.sizes[1]:
        sizes.append(sizes[-1] * 2)
    return tuple(sizes)


def inputs_of(exercise: Exercise, size: int) -> tuple[JsonValue, ...]:
    """The arguments of one call with an input of ``size``; raises BadBank for a recipe that cannot be followed."""
    if exercise.growing is None or exercise.growing.untold:
        raise BadBank(f"{exercise.id}: no recipe makes larger inputs.", "Add the field 'growing' with 'inputs'.")
    kitchen = _Kitchen(size, random.Random(f"{exercise.id} {size}"))  # noqa: S311 - inputs, no secret
    try:
        return tuple(kitchen.follow(recipe) for recipe in exercise.growing.inputs)
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise BadBank(f"{exercise.id}: a recipe in 'growing' cannot be followed ({error}).", "Mend it.") from error


class _Kitchen(NamedTuple):
    """Where recipes are followed: for one size, at one position of the list around."""

    size: int
    dice: random.Random
    place: int = 0

    def follow(self, recipe: Any) -> Any:
        if isinstance(recipe, list | tuple):
            return [self.follow(part) for part in recipe]
        if not isinstance(recipe, Mapping):
            return recipe
        verb = next((name for name in _VERBS if name in recipe), None)
        if verb is None:
            raise KeyError(f"none of {', '.join(_VERBS)} in {dict(recipe)}")
        return _VERBS[verb](self, recipe)

    def times(self, recipe: Mapping[str, Any]) -> int:
        return int(self.follow(recipe["of"])) if "of" in recipe else self.size

    def each(self, recipe: Mapping[str, Any], item: Any) -> list[Any]:
        return [_Kitchen(self.size, self.dice, index).follow(item) for index in range(self.times(recipe))]


def _int(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> int:
    low, high = kitchen.follow(recipe["int"])
    return kitchen.dice.randint(low, high)


def _text(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> str:
    value = kitchen.follow(recipe["value"]) if "value" in recipe else kitchen.place
    return str(recipe["text"]).replace("{}", str(value))


def _name(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> str:
    number, letters = int(kitchen.follow(recipe["name"])), ""
    while number or not letters:
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _letters(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> str:
    return "".join(kitchen.dice.choices(recipe["letters"], k=kitchen.times(recipe)))


def _object(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in kitchen.each(recipe, recipe["object"])}


def _join(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> Any:
    parts = kitchen.follow(recipe["join"])
    if any(isinstance(part, list) for part in parts):
        return list(chain.from_iterable(parts))
    return str(recipe.get("by", "")).join(parts)


def _shuffle(kitchen: _Kitchen, recipe: Mapping[str, Any]) -> list[Any]:
    items = kitchen.follow(recipe["shuffle"])
    kitchen.dice.shuffle(items)
    return list(items)


_VERBS: dict[str, Callable[[_Kitchen, Mapping[str, Any]], Any]] = {
    "size": lambda kitchen, recipe: int(kitchen.size * recipe["size"]) + recipe.get("plus", 0),
    "index": lambda kitchen, recipe: int(kitchen.place * recipe["index"]) + recipe.get("plus", 0),
    "int": _int,
    "pick": lambda kitchen, recipe: kitchen.follow(kitchen.dice.choice(recipe["pick"])),
    "text": _text,
    "name": _name,
    "letters": _letters,
    "list": lambda kitchen, recipe: kitchen.each(recipe, recipe["list"]),
    "object": _object,
    "join": _join,
    "sort": lambda kitchen, recipe: sorted(kitchen.follow(recipe["sort"])),
    "shuffle": _shuffle,
}
