"""How deep a Python program's loops stand, those left out that add nothing: a bound on paper, not a measurement.

Left out are loops over a few things that are written down, loops over what the outer loop hands them (the cells of a
row, the neighbours of a node), and loops that do not start again: a cursor that only moves on, a stack that is only
popped. Such a loop takes, over all rounds of the outer one, no more steps than there are things to pass.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

_Change = Literal["up", "down", "set", "taken", "add", "fill", "pop"]
"""What happens to a name: it is counted up or down, bound anew, taken from what lasts, given one thing or many, or
relieved of one."""
_FOR = (ast.For, ast.AsyncFor)
_LOOPS = (*_FOR, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_ADDS, _POPS = (
    {"append", "appendleft", "add", "put", "heappush"},
    {"pop", "popleft", "popitem", "get_nowait", "heappop"},
)
_FILLS = {"extend", "extendleft", "update", "insert", "heapify", "heapreplace", "heappushpop"}
_ON_HEAPS = {name for name in _ADDS | _POPS | _FILLS if name.startswith("heap")}
_ANOTHER_VIEW = {"enumerate", "reversed", "sorted", "list", "tuple", "iter"}
_SMALL = 64
"""Numbers up to which a loop over ``range`` of a number that is written down is over a few things."""


@dataclass(frozen=True)
class _Place:
    """Where a node stands: its depth, the loops around it in this function with theirs, and the names they hand on."""

    depth: int = 0
    around: tuple[tuple[ast.AST, int], ...] = ()
    elements: frozenset[str] = frozenset()
    """Names of what a loop goes through."""
    keys: frozenset[tuple[str, str]] = frozenset()
    """Names that come once each, and of what they are keys; ``*`` of anything."""


@dataclass
class _Changes:
    """What happens to the names of a program, by the loop around it, at any depth."""

    by_loop: dict[tuple[int, str], set[_Change]] = field(default_factory=dict)

    def of(self, loop: ast.AST, name: str) -> set[_Change]:
        return self.by_loop.get((id(loop), name), set())


def loop_depth(tree: ast.AST) -> int:
    """Loops inside loops that may cost, comprehensions counted, at the deepest place. Walked with a stack: code may be
    nested deeper than calls may be."""
    changes = _changes_in(tree)
    deepest, waiting = 0, [(tree, _Place())]
    while waiting:
        node, place = waiting.pop()
        if isinstance(node, _FUNCTIONS):
            place = _Place()
        elif isinstance(node, _LOOPS):
            place = _inside(node, place, changes)
        elif isinstance(node, _COMPREHENSIONS):
            for generator in node.generators:
                place = _inside(generator, place, changes)
        deepest = max(deepest, place.depth)
        waiting += [(child, place) for child in ast.iter_child_nodes(node)]
    return deepest


def _inside(loop: ast.AST, place: _Place, changes: _Changes) -> _Place:
    if isinstance(loop, ast.While):
        depth = min((d for outer, d in place.around if _goes_on(loop, outer, changes)), default=place.depth + 1)
        keys = {(name, "*") for name in _popped(loop)}
        return _Place(depth, (*place.around, (loop, depth)), place.elements, place.keys | keys)
    assert isinstance(loop, ast.For | ast.AsyncFor | ast.comprehension)
    adds = not (_is_few(loop.iter) or (place.around and _is_handed_on(loop.iter, place)))
    depth = place.depth + adds
    names = frozenset(_names(loop.target))
    called = _called(loop.iter)
    if called == "range":
        return _Place(
            depth, (*place.around, (loop, depth)), place.elements - names, place.keys | {(n, "*") for n in names}
        )
    gone_through = loop.iter.func.value if called == "keys" else loop.iter  # type: ignore[attr-defined]
    of = "*" if called == "enumerate" else _dotted(gone_through)
    return _Place(depth, (*place.around, (loop, depth)), place.elements | names, place.keys | {(n, of) for n in names})


def _goes_on(loop: ast.While, outer: ast.AST, changes: _Changes) -> bool:
    """Whether the loop, in the rounds of the outer one, goes on where it stopped."""
    tested = {_dotted(node) for node in ast.walk(loop.test)} - {""}
    if any(changes.of(loop, name) & {"up", "down"} and changes.of(outer, name) & {"set", "taken"} for name in tested):
        return False
    for name in tested:
        only_popped = "pop" in changes.of(loop, name) and not changes.of(loop, name) & {"add", "fill"}
        if only_popped and not changes.of(outer, name) & {"set", "fill"}:
            return True
    bounding = tested | {_dotted(i) for n in ast.walk(loop) if isinstance(n, ast.Subscript) for i in ast.walk(n.slice)}
    stepped = {step[0] for each in loop.body if (step := _step(each))}
    return any(len(moves := changes.of(outer, n)) == 1 and moves <= {"up", "down"} for n in stepped & bounding)


def _changes_in(tree: ast.AST) -> _Changes:
    found = _Changes()
    waiting: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    while waiting:
        node, around = waiting.pop()
        known = _taken(node) or (_step(node) or ("",))[0]
        for name, change in _change(node) if around else ():
            for loop in around:
                found.by_loop.setdefault((id(loop), name), set()).add(change)
        if isinstance(node, _FUNCTIONS):
            around = ()
        elif isinstance(node, _LOOPS):
            around = (*around, node)
        children = [each for each in ast.iter_child_nodes(node) if not (known and _dotted(each) == known)]
        waiting += [(child, around) for child in children]
    return found


def _change(node: ast.AST) -> Iterator[tuple[str, _Change]]:
    if step := _step(node):
        yield step
    elif isinstance(node, ast.AugAssign):
        yield _dotted(node.target), "fill"
    elif taken := _taken(node):
        yield taken, "taken"
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id, "set"
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield _dotted(node), "set"
    elif isinstance(node, ast.Delete):
        yield from ((_dotted(each.value), "pop") for each in node.targets if isinstance(each, ast.Subscript))
    elif isinstance(node, ast.Call):
        called = _called(node)
        on = node.args[0] if called in _ON_HEAPS and node.args else getattr(node.func, "value", None)
        kind: _Change | None = "add" if called in _ADDS else "pop" if called in _POPS else None
        kind = "fill" if called in _FILLS else kind
        if kind is not None and on is not None:
            yield _dotted(on), kind


def _step(node: ast.AST) -> tuple[str, _Change] | None:
    """The name that is moved on by a number or not behind where it was, and whereto."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub) and _is_positive(node.value):
        return _dotted(node.target), "up" if isinstance(node.op, ast.Add) else "down"
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not (name := _dotted(node.targets[0])):
        return None
    value = node.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Sub) and _dotted(value.left) == name:
        return (name, "up" if isinstance(value.op, ast.Add) else "down") if _is_positive(value.right) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("max", "min"):
        is_kept = any(_dotted(each) == name for each in value.args)
        return (name, "up" if value.func.id == "max" else "down") if is_kept else None
    return None


def _taken(node: ast.AST) -> str:
    """The name under which a part of something is looked at: what is taken from it there is gone for good."""
    is_part = isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript)
    if not is_part or len(node.targets) != 1 or isinstance(node.value.slice, ast.Slice):  # type: ignore[attr-defined]
        return ""
    return _dotted(node.targets[0])  # type: ignore[attr-defined]


def _is_positive(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value > 0


def _is_few(iterated: ast.expr) -> bool:
    """Whether a loop goes over a few things that are written down."""
    if isinstance(iterated, ast.Tuple | ast.List | ast.Set | ast.Constant):
        return not any(isinstance(each, ast.Starred) for each in getattr(iterated, "elts", ()))
    is_range = _called(iterated) == "range"
    given = iterated.args if is_range and isinstance(iterated, ast.Call) else []
    return bool(given) and all(
        isinstance(n, ast.Constant) and isinstance(n.value, int) and n.value <= _SMALL for n in given
    )


def _is_handed_on(iterated: ast.expr, place: _Place) -> bool:
    """Whether a loop goes over a part of its own of what the outer one goes through."""
    while isinstance(iterated, ast.Call):
        if isinstance(iterated.func, ast.Name) and iterated.func.id in _ANOTHER_VIEW and iterated.args:
            iterated = iterated.args[0]
        elif isinstance(iterated.func, ast.Attribute) and iterated.func.attr == "get" and iterated.args:
            return _is_key(iterated.args[0], _dotted(iterated.func.value), place)
        elif isinstance(iterated.func, ast.Attribute) and iterated.func.attr in ("items", "keys", "values", "split"):
            iterated = iterated.func.value
        else:
            return False
    if isinstance(iterated, ast.Subscript):
        return _is_key(iterated.slice, _dotted(iterated.value), place)
    return _dotted(iterated).split(".")[0] in place.elements


def _is_key(index: ast.expr, of: str, place: _Place) -> bool:
    name = _dotted(index)
    return bool(name and of) and ((name, of) in place.keys or (name, "*") in place.keys)


def _popped(loop: ast.While) -> Iterator[str]:
    for each in loop.body:
        if isinstance(each, ast.Assign) and _called(each.value) in _POPS:
            yield from (name for target in each.targets for name in _names(target))


def _names(target: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(target) if isinstance(each, ast.Name))


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _dotted(node: ast.AST) -> str:
    """``total`` or ``self.left``; empty where it is no name."""
    if isinstance(node, ast.Name):
        return node.id
    is_dotted = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return f"{node.value.id}.{node.attr}" if is_dotted else ""  # type: ignore[attr-defined]
