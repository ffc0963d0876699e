"""Model files pinned by SHA-256: find, fetch, verify, cache. Knows paths, not settings."""

from __future__ import annotations

from interviewlab.weights.cache import FileState, fetch, files_of, find, list_models, verify
from interviewlab.weights.catalogue import EXTRAS, MODELS
from interviewlab.weights.files import Hub, ModelFile, Packed, Part, Parts, Source

__all__ = [
    "EXTRAS",
    "MODELS",
    "FileState",
    "Hub",
    "ModelFile",
    "Packed",
    "Part",
    "Parts",
    "Source",
    "fetch",
    "files_of",
    "find",
    "list_models",
    "verify",
]
