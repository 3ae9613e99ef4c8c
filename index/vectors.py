"""How text becomes vectors: which model, which prefixes, and in what batches.

Every vector has length 1, so the cosine of two is their dot product. A question and a passage are
not the same to these models: they are told apart by a prefix or a prompt.

Two ways to fill the one interface. The bundled model is served by onnxruntime, without torch: a
question takes 10 ms instead of 36, and a start 1.2 s instead of 12. Any other sentence-transformers
model runs through sentence-transformers itself.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import bundled_model
from index.errors import EmbedderUnknown, ModelDamaged, ModelMissing
from index.model_folder import LONGEST, PASSAGE_PREFIX, QUERY_PREFIX, read_weight
from index.tower import Change, Tower, TunedEncoder

Vectors = NDArray[np.float32]

THREADS = 2
"""Threads of the bundled model by default: two are 1.9 times as fast as one."""

_BATCH_TOKENS = 768
"""Tokens of a batch, padding included; larger batches were slower (cache) and took more memory."""

_BATCH_TEXTS = 32


class Embedder(Protocol):
    """A model that turns texts into vectors."""

    @property
    def fingerprint(self) -> str:
        """Which model, and made how; known without loading it. Equal ones give equal vectors."""

    @property
    def dimension(self) -> int:
        """Length of its vectors in numbers."""

    def prepare(self) -> None:
        """See that the model's files are here, making them if need be, without loading them."""

    def load(self) -> None:
        """Load the model now instead of when it is first used; nothing when it is loaded."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions: shape (n, dimension), unit length; (0, dimension) for none."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of texts to be found, in their order; shape and length as for questions.

        Args:
            texts: In any order and of any length; what a model cannot read is cut off at the end.
            progress: Called now and then with the number of texts done so far.
        """


def open_embedder(
    name: str,
    models: Path,
    progress: bundled_model.MakingProgress | None = None,
    *,
    threads: int = THREADS,
) -> Embedder:
    """The embedder of a name. Returns at once; the model is loaded when it is first used.

    Args:
        name: "bundled", "hub:MODEL_ID" (fetched from the hub when it is not yet here) or
            "path:FOLDER" (a sentence-transformers folder).
        models: The folder of models, for the bundled one and for those from the hub.
        progress: Told of the steps when the bundled model must be made first.
        threads: For the bundled model; never more than the machine has.

    Raises:
        EmbedderUnknown: The name is none of these.
        ModelMissing: There is no model in the folder of "path:FOLDER".
    """
    kind, _, rest = name.partition(":")
    if name == "bundled":
        return OnnxEmbedder(lambda: bundled_model.bundled_model(models, progress), threads)
    if kind == "path" and rest:
        return SentenceTransformerEmbedder.in_folder(Path(rest).expanduser())
    if kind == "hub" and rest:
        return SentenceTransformerEmbedder.from_hub(rest, models / "hub")
    raise EmbedderUnknown(
        f"There is no embedder {name!r}.",
        'Say "bundled", "path:FOLDER" or "hub:MODEL_ID" (DAYEK_EMBEDDER).',
    )


class OnnxEmbedder:
    """The bundled model. May be used from many threads.

    A text longer than 512 tokens (about 2,300 Kazakh characters, twice the longest passage of the
    dissertation) counts with its beginning only.

    Args:
        folder: Gives the model's folder, making it if need be; called when first needed.
        threads: Threads of the network.
        changes: What is added to layers of the model; for `tuned_encoder`.
        tokenizer: Gives the tokenizer where another of these has it; None reads its own.
    """

    fingerprint = f"{bundled_model.NAME}-{bundled_model.FINGERPRINT}"
    dimension = bundled_model.DIMENSION

    def __init__(
        self,
        folder: Callable[[], Path],
        threads: int = THREADS,
        changes: tuple[Change, ...] = (),
        tokenizer: Callable[[], Any] | None = None,
    ) -> None:
        self._folder = folder
        self._threads = max(1, min(threads, os.cpu_count() or 1))
        self._changes = changes
        self._tokenizer = tokenizer
        self._loading = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def prepare(self) -> None:
        """See `Embedder`."""
        self._folder()

    def load(self) -> None:
        """Load the model now, making it first if there is none; nothing when it is loaded.

        Raises:
            ModelMissing: See `bundled_model.bundled_model`.
            ModelDamaged: Likewise, or onnxruntime cannot read what was made.
        """
        self._parts()

    def changed(self, changes: tuple[Change, ...]) -> OnnxEmbedder:
        """The same model with something added to some of its layers; loaded by itself."""
        # A tokenizer of 250,000 pieces takes half a second and much memory: one for both.
        return OnnxEmbedder(self._folder, self._threads, changes, lambda: self._parts()[0])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self._encode([QUERY_PREFIX + text for text in texts], None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """See `Embedder`."""
        return self._encode([PASSAGE_PREFIX + text for text in texts], progress)

    def _encode(self, texts: list[str], progress: Callable[[int], None] | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        tokenizer, (session, _) = self._parts()
        tokens = [encoded.ids for encoded in tokenizer.encode_batch_fast(texts)]
        done = 0
        for batch in _batches([len(each) for each in tokens]):
            vectors[batch] = session.run(None, _padded([tokens[at] for at in batch]))[0]
            done += len(batch)
            if progress:
                progress(done)
        return vectors

    def _parts(self) -> tuple[Any, Any]:
        with self._loading:
            if self._loaded is None:
                tokenizer = self._tokenizer() if self._tokenizer else None
                self._loaded = _open_onnx(self._folder(), self._threads, self._changes, tokenizer)
            return self._loaded


def tuned_encoder(embedder: Embedder, tower: Tower | None) -> TunedEncoder | None:
    """The encoder of questions on one work; None when there is none for this embedder.

    Layers can be changed in the bundled model only.
    """
    if tower is None or not isinstance(embedder, OnnxEmbedder):
        return None
    return TunedEncoder(embedder.changed(tower.changes), tower.adapter)


def _open_onnx(
    folder: Path, threads: int, changes: tuple[Change, ...], tokenizer: Any = None
) -> tuple[Any, Any]:
    # Imported here: they take 0.2 s, and most commands need no vectors.
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    try:
        if tokenizer is None:
            tokenizer = Tokenizer.from_file(str(folder / bundled_model.TOKENIZER))
            tokenizer.enable_truncation(LONGEST)
        values = []
        for one in changes:
            name = f"{one.layer}.weight"
            values.append(
                onnxruntime.OrtValue.ortvalue_from_numpy(read_weight(folder, name) + one.added)
            )
            options.add_initializer(name, values[-1])
        session = onnxruntime.InferenceSession(
            str(folder / bundled_model.GRAPH), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # both libraries raise bare Exceptions of their own making
        raise ModelDamaged(
            f"The embedding model in {folder} cannot be read: {error}",
            "Remove that folder; the next index build makes it again.",
        ) from error
    # The session reads the changed weights where they lie: they must live as long as it does.
    return tokenizer, (session, values)


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Positions in batches of like length, longest first, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda at: -lengths[at])
    while order:
        size = max(1, min(_BATCH_TEXTS, _BATCH_TOKENS // max(1, lengths[order[0]])))
        yield order[:size]
        order = order[size:]


def _padded(tokens: list[list[int]]) -> dict[str, NDArray[np.int64]]:
    longest = max(map(len, tokens))
    ids = np.zeros((len(tokens), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, each in enumerate(tokens):
        ids[row, : len(each)] = each
        mask[row, : len(each)] = 1
    return {"input_ids": ids, "attention_mask": mask}


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, with its own prompts for questions and passages.

    Args:
        name: Folder or hub id.
        folder: Where the model lies; None for one from the hub.
        cache: Where models from the hub are kept; None for one in a folder.
    """

    def __init__(self, name: str, folder: Path | None, cache: Path | None) -> None:
        self._name = name
        self._folder = folder
        self._cache = cache
        self._loading = threading.Lock()
        self._loaded: Any = None

    @classmethod
    def in_folder(cls, folder: Path) -> SentenceTransformerEmbedder:
        """The model of a folder.

        Raises:
            ModelMissing: There is no sentence-transformers model.
        """
        if not (folder / "modules.json").is_file():
            raise ModelMissing(
                f"There is no sentence-transformers model in {folder} (no modules.json).",
                "Give path:FOLDER with the folder that model.save_pretrained() wrote.",
            )
        return cls(str(folder), folder, None)

    @classmethod
    def from_hub(cls, name: str, cache: Path) -> SentenceTransformerEmbedder:
        """The model of a hub id; the only place of this project that may fetch anything."""
        return cls(name, None, cache)

    @cached_property
    def fingerprint(self) -> str:
        """See `Embedder`. A model from the hub that is not yet here is fetched to know it."""
        if self._folder:
            return f"{self._folder.resolve().name}-{_folder_digest(self._folder)}"
        if not self._revision():
            self.load()
        return f"{self._name}@{self._revision() or 'unknown'}"

    @cached_property
    def dimension(self) -> int:
        """See `Embedder`. Loads the model."""
        return int(self._model().get_embedding_dimension())

    def prepare(self) -> None:
        """See `Embedder`; a model of the hub is fetched when it is loaded."""

    def load(self) -> None:
        """Load the model now; nothing when it is loaded.

        Raises:
            ModelMissing: It is not here and cannot be fetched.
            ModelDamaged: sentence-transformers cannot load its folder.
        """
        self._model()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""
        return self._encode(self._model().encode_query, texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """See `Embedder`."""
        parts = []
        for start in range(0, len(texts), _BATCH_TEXTS):
            part = texts[start : start + _BATCH_TEXTS]
            parts.append(self._encode(self._model().encode_document, part))
            if progress:
                progress(start + len(part))
        return np.concatenate(parts) if parts else self._encode(None, ())

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors = encode(
            list(texts), batch_size=8, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _revision(self) -> str:
        """The commit of a model from the hub, as its cache notes it; empty when not fetched."""
        assert self._cache
        note = self._cache / f"models--{self._name.replace('/', '--')}" / "refs" / "main"
        return note.read_text(encoding="utf-8").strip() if note.is_file() else ""

    def _model(self) -> Any:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> Any:
        # Imported here: they take 8 to 12 s and 0.5 GB.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        quiet: Any = logging  # its functions have no types
        quiet.disable_progress_bar()
        if self._folder:
            try:
                return SentenceTransformer(str(self._folder), local_files_only=True)
            except (OSError, ValueError, KeyError) as error:
                raise ModelDamaged(
                    f"The embedding model in {self._folder} cannot be loaded: {error}",
                    "Give path:FOLDER with the folder that model.save_pretrained() wrote.",
                ) from error
        fetched = bool(self._revision())
        try:
            return SentenceTransformer(
                self._name, cache_folder=str(self._cache), local_files_only=fetched
            )
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"The embedding model {self._name} cannot be fetched: {error}",
                "Check its name and the connection (HF_HUB_OFFLINE must not be 1), or fetch its "
                "folder elsewhere and say path:FOLDER.",
            ) from error


def _folder_digest(folder: Path) -> str:
    """Digest of a model's files: small ones whole, of large ones 256 blocks evenly apart.

    Weights of 2 GB take seconds to hash, and tuning changes them everywhere.
    """
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith(".") or path.suffix == ".md":
            continue
        size = path.stat().st_size
        told.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            if size <= 1 << 24:
                told.update(file.read())
                continue
            for block in range(256):
                file.seek(block * (size - 4096) // 255)
                told.update(file.read(4096))
    return told.hexdigest()[:16]
