"""Runs beside the candidate's SQL, in their process; it holds no secret and no expected value.

``FILE`` holds the candidate's statements, standard input the script that makes the tables and fills them. Rows of every
statement that has rows are printed, one a line, values separated by ``|``, NULL as ``NULL``.
"""

import os
import sqlite3
import sys

COMPILE_STATUS = 86
NO_SYNTAX = ("syntax error", "incomplete input", "unrecognized token")
ALLOWED_PRAGMAS = ("table_info", "table_list", "table_xinfo", "index_list", "index_info", "foreign_keys")
DENIED = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)


def guard(action, first, second, database, trigger):
    """The candidate works on the given tables: no other file, no setting, no extension."""
    if action in DENIED or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first.lower() not in ALLOWED_PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def split(script):
    """The statements of a script; ends of statements inside strings, comments and triggers are none."""
    start = end = 0
    while (end := script.find(";", end)) >= 0:
        end += 1
        if sqlite3.complete_statement(script[start:end]):
            yield script[start:end]
            start = end
    yield script[start:]


def is_blank(statement):
    """Nothing but blanks and comments."""
    kept = statement.strip().rstrip(";").strip()
    while kept.startswith(("--", "/*")):
        kept = kept.partition("\n" if kept.startswith("--") else "*/")[2].strip()
    return not kept


def to_text(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return "x'" + value.hex() + "'"
    return repr(value) if isinstance(value, float) else str(value)


def fail(error, status):
    sys.stdout.flush()
    sys.stderr.write(f"{type(error).__name__}: {error}\n")
    raise SystemExit(status)


def run(database, script):
    for statement in split(script):
        if is_blank(statement):
            continue
        try:
            rows = database.execute(statement)
            for row in rows if rows.description else ():
                sys.stdout.write("|".join(map(to_text, row)) + "\n")
        except sqlite3.OperationalError as error:
            fail(error, COMPILE_STATUS if any(word in str(error) for word in NO_SYNTAX) else 1)
        except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
            fail(error, 1)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        script = file.read()
    given = sys.stdin.read()
    database = sqlite3.connect(":memory:", isolation_level=None)
    # Nothing is ever written beside the database, which is in memory.
    database.execute("PRAGMA temp_store = MEMORY")
    try:
        database.executescript(given)
    except sqlite3.Error as error:
        fail(error, 1)
    database.set_authorizer(guard)
    run(database, script)
    sys.stdout.flush()
    os._exit(0)


main()
