"""A language model on this machine: a GGUF file behind a server that speaks OpenAI's protocol.

The only file that names `xllamacpp`, which is llama.cpp as a wheel. The server listens on loopback
alone, shows neither its prompts nor its settings to who asks for them, answers no foreign web page,
and fetches nothing.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelError, ModelNotInstalled

LOOPBACK = "127.0.0.1"

CONTEXT = 8192
"""Tokens that a model reads and writes at most. Evidence of 4,500 Kazakh characters takes about
half of them with a model that was not made for Kazakh."""

_AT_ONCE = 128
"""Tokens read between two looks at whether somebody is still listening; llama.cpp's 2048 are most
of a minute on a slow machine, in which a stopped request keeps the next one waiting."""

_MAGIC = b"GGUF"
_QUIET = 1  # of llama.cpp's log: errors alone


class LocalModelUnusable(ModelError):
    """A file that is no model, or a port that is taken."""


@dataclass
class LocalModel:
    """A model that is being served, until `close`.

    Attributes:
        name: As the server calls it, for `DAYEK_MODEL`.
        url: Its address, for `DAYEK_MODEL_URL`.
    """

    name: str
    url: str
    _server: Any

    def close(self) -> None:
        """Stop the server; requests that it is answering are given up.

        Python stands still meanwhile, so that a client in this very process cannot hang up: let
        its request end first. `dayek model serve` has its clients elsewhere.
        """
        self._server = None


def default_threads() -> int:
    """Threads of a model: one fewer than the machine has cores, and at least one.

    Threads of llama.cpp wait for one another without sleeping. Where something else takes a core,
    as the search of the next question does, one thread too many makes it many times slower.
    """
    return max(1, (os.cpu_count() or 1) - 1)


def serve_model(
    file: Path, port: int = 0, *, threads: int | None = None, context: int = CONTEXT
) -> LocalModel:
    """Load a model and serve it; returns when it listens.

    Args:
        file: A GGUF file of a model that was taught to follow instructions.
        port: Port on loopback; 0 for any that is free.
        threads: See `default_threads`, which None means.
        context: Tokens that it reads and writes at most.

    Raises:
        ModelNotInstalled: `xllamacpp` is not installed.
        LocalModelUnusable: The file cannot be read, is no GGUF file or not one that llama.cpp
            knows, or the port is taken.
    """
    _check_file(file)
    _check_port(port)
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelNotInstalled(
            "The package that runs a model here is not installed.",
            "Install it: pip install 'dayek[local]'",
        ) from error
    told = xllamacpp.CommonParams()
    told.model.path = str(file)
    told.model_alias = {file.stem}
    told.hostnames = [LOOPBACK]
    told.port = port
    told.n_ctx = context
    told.n_parallel = 1
    told.n_batch = told.n_ubatch = _AT_ONCE
    told.cpuparams.n_threads = told.cpuparams_batch.n_threads = threads or default_threads()
    # Hardly any chance, and always the same one: nothing is to be invented, and the same question
    # gets the same answer. None at all sends small models round in circles.
    told.sampling.temp, told.sampling.seed = 0.2, 1
    told.offline = True
    told.warmup = told.ui = told.endpoint_slots = told.endpoint_props = False
    told.cors_origins = f"http://{LOOPBACK}"
    told.verbosity = _QUIET
    try:
        server = xllamacpp.Server(told)
    except RuntimeError as error:
        raise LocalModelUnusable(
            f"llama.cpp cannot load {file}.",
            "Choose a GGUF file of a language model that xllamacpp knows, and one that fits into "
            "the memory.",
        ) from error
    return LocalModel(file.stem, f"{server.listening_address}/v1", server)


def _check_file(file: Path) -> None:
    """Raise `LocalModelUnusable` for what is no GGUF file at all."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_MAGIC))
    except OSError as error:
        raise LocalModelUnusable(
            f"Cannot read {file}: {error.strerror}.", "Check the path and its permissions."
        ) from error
    if begins != _MAGIC:
        raise LocalModelUnusable(
            f"{file} is no GGUF file.", "Download one, for example Qwen3-4B-Instruct in Q4_K_M."
        )


def _check_port(port: int) -> None:
    """Raise `LocalModelUnusable` for a port that somebody else has."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((LOOPBACK, port))
        except OSError as error:
            raise LocalModelUnusable(
                f"Port {port} cannot be used: {error.strerror}.",
                "Choose another: --port 8081, or --port 0 for any.",
            ) from error
