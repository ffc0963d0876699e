"""Where interviews and CVs are kept: ``sql`` (SQLite by default, Postgres by URL) and ``scripted`` (memory)."""
