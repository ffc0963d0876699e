"""Talking with the interviewer: one voice engine, and what carries its frames. Importing this loads no guest."""
