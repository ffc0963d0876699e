"""Runs beside the candidate's Python code, in their process; it holds no secret and no expected value.

``program FILE`` runs it as ``__main__``. ``function FILE`` reads one JSON request a line from standard input
and writes each answer to standard output behind NUL, the token of its request and a length. Where there are no files
the code itself is one more argument.
"""

import os
import sys
import types

COMPILE_STATUS = 86
SOURCE = sys.argv[3:]


def flush():
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        # The candidate closed it; what they printed is lost to them alone.
        return


def show_error(error, skip):
    """Print the error as the interpreter would, without the frames of this driver; imports nothing."""
    trace = error.__traceback__
    for _ in range(skip):
        trace = trace.tb_next if trace else None
    flush()
    sys.__excepthook__(type(error), error.with_traceback(trace), trace)


def read_source(path):
    if SOURCE:
        return SOURCE[0]
    with open(path, encoding="utf-8") as file:
        return file.read()


def load(path, name):
    code = compile(read_source(path), path, "exec", dont_inherit=True)
    module = types.ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    return code, module.__dict__


def run_program(path):
    try:
        code, namespace = load(path, "__main__")
    except (SyntaxError, RecursionError) as error:
        show_error(error, 99)
        raise SystemExit(COMPILE_STATUS) from None
    try:
        exec(code, namespace)  # noqa: S102 - this process exists to run it
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever the candidate raises is theirs to see
        show_error(error, 1)
        raise SystemExit(1) from None


def natural(values):
    import json

    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda one: json.dumps(one, sort_keys=True))


def plain(value):
    """Lists, dicts, strings and numbers; raises TypeError for what no test can compare."""
    import collections.abc

    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return {"$float": "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"}
        return float(value)
    if isinstance(value, collections.abc.Mapping):
        return {key if isinstance(key, str) else plain_key(key): plain(one) for key, one in value.items()}
    if isinstance(value, collections.abc.Set) and not isinstance(value, collections.abc.Sequence):
        return natural([plain(one) for one in value])
    if not isinstance(value, tuple) and node_kind(dir(value)):
        return [plain(one) for one in values_of(value)]
    if isinstance(value, collections.abc.Iterable) and not isinstance(value, bytes | bytearray):
        return [plain(one) for one in value]
    raise TypeError("returned a " + type(value).__name__ + ", which cannot be compared")


def plain_key(key):
    import json

    return json.dumps(plain(key))


# ---- Linked lists (val, next) and trees (val, left, right): a parameter's annotation names their class -------------


def node_kind(names):
    """What objects with these attributes are: ``list``, ``tree`` or nothing."""
    if "val" not in names and "value" not in names:
        return ""
    return "list" if "next" in names else "tree" if "left" in names and "right" in names else ""


def kind_of_class(kind):
    made = getattr(kind, "__init__", None)
    code = getattr(made, "__code__", None)
    return node_kind({*dir(kind), *getattr(kind, "__annotations__", ()), *(code.co_names if code else ())})


def node_class(hint, namespace):
    """The class of nodes that an annotation, or its text, speaks of; None where it speaks of none."""
    if isinstance(hint, str):
        import re

        words = [namespace.get(word) for word in re.findall(r"\w+", hint)]
        return next(
            (found for found in (node_class(word, namespace) for word in words if word is not hint) if found), None
        )
    if isinstance(hint, type) and not hasattr(hint, "__args__"):
        return hint if kind_of_class(hint) else None
    hint = getattr(hint, "__forward_arg__", None) or getattr(hint, "__args__", ())
    if isinstance(hint, str):
        return node_class(hint, namespace)
    return next((found for found in (node_class(one, namespace) for one in hint) if found), None)


def classes_of(function, namespace):
    """For each parameter its class of nodes, or None; and whether it gives nodes."""
    code = getattr(function, "__code__", None)
    names = code.co_varnames[: code.co_argcount] if code else ()
    hints = getattr(function, "__annotations__", {})
    found = [node_class(hints[name], namespace) if name in hints else None for name in names]
    return found[1:] if hasattr(function, "__self__") else found, bool(node_class(hints.get("return", ""), namespace))


def to_nodes(value, kind):
    """A list of values as nodes; a list of lists, where several are asked for, as a list of them."""
    if kind is None or not isinstance(value, list):
        return value
    if any(isinstance(one, list) for one in value):
        return [to_nodes(one, kind) for one in value]
    return to_list(value, kind) if kind_of_class(kind) == "list" else to_tree(value, kind)


def to_list(values, kind):
    head = None
    for value in reversed(values):
        node = to_node(value, kind)
        node.next = head
        head = node
    return head


def to_tree(values, kind):
    """From a list of its values level by level, None where a child is missing."""
    waiting = iter(values)
    first = next(waiting, None)
    root = None if first is None else to_node(first, kind)
    parents = [] if root is None else [root]
    for parent in parents:
        for side in ("left", "right"):
            value = next(waiting, None)
            child = None if value is None else to_node(value, kind)
            setattr(parent, side, child)
            parents += [] if child is None else [child]
    return root


def to_node(value, kind):
    for given in ((value,), (value, None), (value, None, None), ()):
        try:
            node = kind(*given)
        except TypeError:
            continue
        setattr(node, "val" if hasattr(node, "val") or not hasattr(node, "value") else "value", value)
        return node
    raise TypeError(kind.__name__ + " cannot be made from a value alone")


def values_of(node):
    is_list = node_kind(dir(node)) == "list"
    found, seen, waiting = [], set(), [node]
    for one in waiting:
        if id(one) in seen:
            raise TypeError("returned a " + ("linked list" if is_list else "tree") + " that goes round in a circle")
        found.append(None if one is None else one.val if hasattr(one, "val") else one.value)
        if one is not None:
            seen.add(id(one))
            waiting += ([one.next] if one.next is not None else []) if is_list else [one.left, one.right]
    while found and found[-1] is None:
        found.pop()
    return found


def find(namespace, name):
    """The function, and None; or a method, and the class whose objects have it."""
    if callable(namespace.get(name)):
        return namespace[name], None
    solution = namespace.get("Solution")
    if getattr(solution, name, None) is None:
        raise NameError("there is no function " + name)
    return getattr(solution(), name), solution


class Session:
    def __init__(self, path):
        self.path = path
        self.function = self.solution = None
        self.name = ""
        self.classes, self.gives_nodes = (), False
        if sys.platform == "wasi":
            self.share()
        else:
            self.part()

    def part(self):
        """The candidate's own reads and writes go elsewhere than ours."""
        self.requests = os.fdopen(os.dup(0), "rb")
        self.answers = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)

    def share(self):
        """WASI cannot double a descriptor: the candidate's standard input is an empty one of Python's own."""
        import io

        self.requests, self.answers = os.fdopen(0, "rb", closefd=False), 1
        sys.stdin = sys.__stdin__ = io.StringIO()

    def serve(self):
        import json

        for line in self.requests:
            request = json.loads(line)
            answer = self.answer(request)
            flush()
            self.write(request["token"], answer)
        # Nothing of the candidate's runs after the last answer.
        os._exit(0)

    def answer(self, request):
        if "load" in request:
            return self.load(request["load"])
        return self.renew() if "renew" in request else self.call(request["call"])

    def write(self, token, answer):
        import json

        try:
            payload = json.dumps(answer).encode()
        except (TypeError, ValueError, RecursionError) as error:
            payload = json.dumps({"error": "runtime_error", "text": "the answer: " + str(error)}).encode()
        data = b"\0" + token.encode() + b" " + str(len(payload)).encode() + b"\n" + payload
        while data:
            data = data[os.write(self.answers, data) :]

    def load(self, name):
        try:
            code, namespace = load(self.path, "solution")
        except (SyntaxError, RecursionError) as error:
            show_error(error, 99)
            return {"error": "compile_error", "text": line_of(error)}
        try:
            exec(code, namespace)  # noqa: S102 - this process exists to run it
        except BaseException as error:  # noqa: BLE001 - also a SystemExit is only an answer
            return failure(error, 1)
        try:
            self.name = name
            self.function, self.solution = find(namespace, name)
            function = getattr(self.function, "__func__", self.function)
            self.classes, self.gives_nodes = classes_of(self.function, getattr(function, "__globals__", namespace))
        except BaseException as error:  # noqa: BLE001 - making a Solution runs the candidate's code
            return failure(error, 2)
        return {"value": self.solution is not None}

    def renew(self):
        """What a call left on the object is gone for the next; on the class and in the module it stays."""
        try:
            self.function = None
            self.function = getattr(self.solution(), self.name)
        except BaseException as error:  # noqa: BLE001 - making a Solution runs the candidate's code
            return failure(error, 1)
        return {"value": None}

    def call(self, arguments):
        try:
            given = [from_wire(one) for one in arguments]
            given[: len(self.classes)] = map(to_nodes, given, self.classes)
            value = plain(self.function(*given))
            # No node at all is an empty list or tree.
            return {"value": [] if value is None and self.gives_nodes else value}
        except BaseException as error:  # noqa: BLE001 - also a SystemExit is only an answer
            return failure(error, 1)


def from_wire(value):
    if isinstance(value, list):
        return [from_wire(one) for one in value]
    if isinstance(value, dict):
        if set(value) == {"$float"}:
            return float(value["$float"])
        return {key: from_wire(one) for key, one in value.items()}
    return value


def is_too_large(error):
    """Also where memory is of 32 bits and a size is beyond even its numbers."""
    return isinstance(error, MemoryError) or (type(error) is OverflowError and "index-sized" in str(error))


def failure(error, skip):
    show_error(error, skip)
    kind = "memory_limit" if is_too_large(error) else "runtime_error"
    return {"error": kind, "text": line_of(error)}


def line_of(error):
    try:
        return (type(error).__name__ + ": " + str(error)).partition("\n")[0][:500]
    except Exception:  # noqa: BLE001 - the candidate's own exception may not even have words
        return type(error).__name__


def main():
    import _sitebuiltins
    import builtins

    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D")
    builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D")
    mode, path = sys.argv[1:3]
    sys.argv[:] = [path]
    if mode == "program":
        run_program(path)
    else:
        Session(path).serve()


main()
