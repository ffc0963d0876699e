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
    if isinstance(value, collections.abc.Iterable) and not isinstance(value, bytes | bytearray):
        return [plain(one) for one in value]
    raise TypeError("returned a " + type(value).__name__ + ", which cannot be compared")


def plain_key(key):
    import json

    return json.dumps(plain(key))


def find(namespace, name):
    if callable(namespace.get(name)):
        return namespace[name]
    method = getattr(namespace.get("Solution"), name, None)
    if method is None:
        raise NameError("there is no function " + name)
    return getattr(namespace["Solution"](), name)


class Session:
    def __init__(self, path):
        self.path = path
        self.function = None
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
            answer = self.load(request["load"]) if "load" in request else self.call(request["call"])
            flush()
            self.write(request["token"], answer)
        # Nothing of the candidate's runs after the last answer.
        os._exit(0)

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
            self.function = find(namespace, name)
        except BaseException as error:  # noqa: BLE001 - making a Solution runs the candidate's code
            return failure(error, 2)
        return {"value": None}

    def call(self, arguments):
        try:
            return {"value": plain(self.function(*(from_wire(one) for one in arguments)))}
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
