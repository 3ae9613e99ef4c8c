"""What an index was built from and with, noted beside it, and whether that still holds.

The index is a cache: what it was made of decides whether it may be used. Chroma compares nothing
of this by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from sources import Work

FORMAT = 3
"""Raised whenever what is stored changes, so that an older index is built anew."""

IN_FOLDER = "folder"
"""The `store` of an index that lies beside its manifest."""

Change = Literal["text", "cutting", "embedder", "store", "format"]
State = Literal["fresh", "stale", "missing", "unreadable"]

_PACKAGES = ("chromadb", "numpy", "onnxruntime", "sentence-transformers", "tokenizers")

SAID: dict[Change, str] = {
    "text": "the text of the work was altered",
    "cutting": "the work is cut by other rules now",
    "embedder": "another embedding model is chosen",
    "store": "the vectors are to lie elsewhere (DAYEK_CHROMA)",
    "format": "it was built by another version of Dayek",
}


class Unreadable(Exception):  # becomes the state "unreadable"
    """A manifest that is no manifest."""


@dataclass(frozen=True)
class Manifest:
    """What an index was built from and with.

    Attributes:
        work: Id of the work.
        sha256: Of its file.
        cutting: Fingerprint of how it was cut.
        embedder: Fingerprint of the embedder.
        dimension: Numbers in a vector.
        passages: How many there are.
        sentences: How many there are.
        store: "folder", or the address of a Chroma server.
        built_at: Local time, ISO 8601.
        seconds: How long the build took.
        files: Size in bytes of every file of the store's folder; empty for a server.
        digests: sha256 of those that never change afterwards.
        versions: Of the packages that made it.
        format: Of what is stored.
    """

    work: str
    sha256: str
    cutting: str
    embedder: str
    dimension: int
    passages: int
    sentences: int
    store: str
    built_at: str
    seconds: float
    files: Mapping[str, int] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def fingerprint(self) -> str:
        """See `fingerprint_of`."""
        return _fingerprint(self.format, self.work, self.sha256, self.cutting, self.embedder)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Read what `write` wrote.

        Raises:
            Unreadable: There is no manifest, or it is damaged.
        """
        try:
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls(**told)
        except (OSError, ValueError, TypeError) as error:
            raise Unreadable(f"{path}: {error}") from error


@dataclass(frozen=True)
class Condition:
    """Whether an index may be used.

    Attributes:
        state: "fresh" (it may), "stale", "missing" or "unreadable".
        changes: For a stale one what changed since; empty otherwise.
        damage: For an unreadable one what is wrong; empty otherwise.
    """

    state: State
    changes: tuple[Change, ...] = ()
    damage: str = ""


def fingerprint_of(work: Work, embedder: str) -> str:
    """Fingerprint of the index that a work and an embedder's fingerprint make."""
    return _fingerprint(FORMAT, work.id, work.document.sha256, work.cutting, embedder)


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def changes_since(manifest: Manifest, work: Work, embedder: str, store: str) -> tuple[Change, ...]:
    """What is no longer as the manifest says; empty when the index holds."""
    compared: tuple[tuple[Change, object, object], ...] = (
        ("format", manifest.format, FORMAT),
        ("text", manifest.sha256, work.document.sha256),
        ("cutting", manifest.cutting, work.cutting),
        ("embedder", manifest.embedder, embedder),
        ("store", manifest.store, store),
    )
    changed = tuple(name for name, then, now in compared if then != now)
    # Another text is cut otherwise; that need not be said.
    return tuple(name for name in changed if not (name == "cutting" and "text" in changed))


def package_versions() -> dict[str, str]:
    """Versions of the packages that shape an index."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
