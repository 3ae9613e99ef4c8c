"""What `dayek doctor` looks at: each part that an answer needs, whether it is sound, what to type.

Nothing is made or mended here. Every check stands alone: one that finds its part broken must not
hide what is wrong with the next. Secrets are not read further than to say that they are there.
"""

from __future__ import annotations

import os
import platform
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sources import FixableError

if TYPE_CHECKING:
    from assistant import Settings
    from index import IndexStatus
    from sources import Work

State = Literal["well", "mend", "not there"]

_PACKAGES = (
    "chromadb",
    "gradio",
    "langchain",
    "langchain-anthropic",
    "langchain-core",
    "langchain-google-genai",
    "langchain-mistralai",
    "langchain-ollama",
    "langchain-openai",
    "numpy",
    "onnxruntime",
    "sentence-transformers",
    "xllamacpp",
)


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Attributes:
        part: What was looked at.
        state: "well", "mend" (something is wrong), or "not there" (it is not needed, or is made
            by itself).
        said: What was found, one sentence.
        remedy: What to do or type; empty when there is nothing to do.
    """

    part: str
    state: State
    said: str
    remedy: str = ""


def examine(settings: Settings, wait: float) -> Iterator[Finding]:
    """Every finding in the order in which the parts need one another.

    Args:
        settings: Of the assistant that is examined.
        wait: Seconds that the language model may take for its first word.
    """
    yield from _misread(settings)
    yield _folder(settings)
    work, finding = _work(settings)
    yield finding
    yield _checked("embedder", lambda: _embedder(settings))
    if work is not None:
        found = work
        yield _checked("index", lambda: _index(settings, found))
    yield _checked("conversations", lambda: _conversations(settings))
    yield _checked("language model", lambda: _model(settings, wait))


def shown_settings(settings: Settings) -> dict[str, str | float | None]:
    """Every setting by its variable, a key only as "set"; None where none is set."""
    from assistant import VARIABLES

    told = settings.as_dict() | {"model_key": settings.model_key and "set"}
    if settings.chroma:
        told["chroma"] = re.sub(r"//[^/]*@", "//", settings.chroma)
    return {variable: told[name] for variable, name in VARIABLES.items()}


def versions() -> dict[str, str]:
    """Versions of the program, of Python and of the packages that matter and are here."""
    found = {"dayek": metadata.version("dayek"), "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def _checked(part: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except FixableError as error:
        return Finding(part, "mend", error.message, error.remedy)


def _misread(settings: Settings) -> Iterator[Finding]:
    from assistant import VARIABLES

    used = shown_settings(settings)
    for name in settings.misread():
        if name in VARIABLES:
            yield Finding(
                "settings",
                "mend",
                f"The value of {name} cannot be read; {used[name] or 'none'} is used.",
                f"Mend it, or: unset {name}",
            )
        else:
            yield Finding("settings", "mend", f"{name} is not a setting.", f"unset {name}")
    if settings.model_url and not settings.model:
        yield Finding(
            "settings",
            "mend",
            "DAYEK_MODEL_URL is set and DAYEK_MODEL is not: no model is asked.",
            "export DAYEK_MODEL=NAME, or: unset DAYEK_MODEL_URL",
        )


def _folder(settings: Settings) -> Finding:
    home = settings.home
    standing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not standing.is_dir() or not os.access(standing, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            "data folder",
            "mend",
            f"{standing} cannot be written.",
            "Check its permissions, or choose another: export DAYEK_HOME=FOLDER",
        )
    if standing == home:
        return Finding("data folder", "well", str(home))
    return Finding("data folder", "not there", f"{home} will be made when it is needed.")


def _work(settings: Settings) -> tuple[Work | None, Finding]:
    from sources import open_work

    try:
        work = open_work(settings.source)
    except FixableError as error:
        return None, Finding("work", "mend", error.message, error.remedy)
    known = ", as its card says" if work.card.folder else ""
    said = f"{work.id}: {len(work.text)} characters, sha256 {work.document.sha256}{known}."
    return work, Finding("work", "well", said)


def _embedder(settings: Settings) -> Finding:
    from index import bundled_model_made, open_embedder

    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    fetched = settings.models / "hub"
    if settings.embedder.startswith("hub:") and not fetched.is_dir():
        said = f"{settings.embedder} is fetched into {fetched} when it is first used."
        return Finding("embedder", "not there", said)
    if settings.embedder != "bundled":
        return Finding("embedder", "well", f"{settings.embedder} is here.")
    if not bundled_model_made(settings.models):
        return Finding(
            "embedder",
            "mend",
            f"The bundled model is not in {settings.models}.",
            f"Run: {_typed(settings, 'index', 'build')}",
        )
    embedder.load()  # a file that was damaged after it was made shows only here
    return Finding("embedder", "well", f"{embedder.fingerprint} in {settings.models}.")


def _index(settings: Settings, work: Work) -> Finding:
    from index import index_status, open_embedder, open_index

    embedder = open_embedder(settings.embedder, settings.models, threads=settings.threads)
    told = index_status(work, embedder, settings.home, chroma=settings.chroma)
    if told.condition.state == "fresh":
        with open_index(work, embedder, settings.home, chroma=settings.chroma):
            pass  # the notes beside it may be right, and the store damaged or its server away
        return Finding("index", "well", _index_in_words(told))
    why = {
        "missing": "There is no index.",
        "stale": f"The index does not fit any more: {', '.join(told.condition.changes)} changed.",
        "unreadable": f"The index cannot be read: {told.condition.damage}.",
    }[told.condition.state]
    return Finding("index", "mend", why, f"Run: {_typed(settings, 'index', 'build')}")


def _index_in_words(told: IndexStatus) -> str:
    made = told.manifest
    if made is None:
        return "It is up to date."
    return f"Up to date: {made.passages} passages, {made.sentences} sentences, {made.store}."


def _conversations(settings: Settings) -> Finding:
    from ui.keeping import FILE, Shelf

    path = settings.home / FILE
    if not path.exists():
        return Finding("conversations", "not there", f"{path} will be made by: dayek serve")
    with Shelf(path):
        size = path.stat().st_size
    return Finding("conversations", "well", f"{path} can be read and written, {size / 1e6:.1f} MB.")


def _model(settings: Settings, wait: float) -> Finding:
    if settings.model is None:
        said = "None is set: answers are the work's own sentences."
        return Finding("language model", "not there", said)
    from assistant import greet

    told = greet(settings, wait)
    said = f"{told.model} at {told.place} answers, first words after {told.seconds:.1f} s."
    return Finding("language model", "well", said)


def _typed(settings: Settings, *words: str) -> str:
    """A command for the very work and folder that are examined."""
    from assistant import default_home

    typed = ["dayek", *words]
    if settings.source:
        typed += ["--source", settings.source]
    if settings.home != default_home():
        typed += ["--home", str(Path(settings.home))]
    return shlex.join(typed)
