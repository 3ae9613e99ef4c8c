"""The quick-start RAG that a student would build in an afternoon, for a fair comparison.

LangChain's own tutorial: `RecursiveCharacterTextSplitter` with windows of 1,000 characters that
overlap by 200, a Chroma vector store with its defaults, the question's nearest windows. It gets
our embedder with its prompts (Chroma's own default does not know Kazakh), and it is judged by the
same rule as our passages, on the offsets of its windows. It searches and does not answer: the
tutorial leaves answering to a language model.

The vectors of the windows are kept under `<home>/evals/`, by the fingerprints of what they were
made from, since making them takes a minute; the store itself lives in memory, so that no second
process ever writes into a Chroma folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index import Embedder
from sources import FixableError, Span, Work

if TYPE_CHECKING:
    from langchain_chroma import Chroma

WINDOW = 1000
OVERLAP = 200
_BATCH = 5_000
"""Chroma takes 5,461 records at a time and langchain-chroma does not part them."""


class BaselineMissing(FixableError):
    """The packages of the quick-start baseline are not installed."""


class EmbedderAsEmbeddings(Embeddings):
    """Our embedder behind LangChain's interface.

    Args:
        embedder: Ours.
        kept: Where the vectors of documents are kept between runs; None keeps none.
        progress: Called now and then with the number of windows embedded so far.
    """

    def __init__(
        self,
        embedder: Embedder,
        kept: Path | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._embedder = embedder
        self._kept = kept
        self._progress = progress

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, unit length."""
        return [float(value) for value in self._embedder.encode_queries([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of windows, unit length, in order."""
        vectors = self._known(texts)
        return [[float(value) for value in vector] for vector in vectors]

    def _known(self, texts: list[str]) -> NDArray[np.float32]:
        if self._kept is None:
            return self._embedder.encode_passages(texts, self._progress)
        told = hashlib.sha256("\0".join([self._embedder.fingerprint, *texts]).encode())
        path = self._kept / f"quickstart-{told.hexdigest()[:16]}.npy"
        if path.exists():
            vectors: NDArray[np.float32] = np.load(path)
            return vectors
        vectors = self._embedder.encode_passages(texts, self._progress)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial.npy")
        np.save(partial, vectors)
        partial.replace(path)
        return vectors


@dataclass(frozen=True)
class QuickStart:
    """The baseline, ready to be searched.

    Attributes:
        windows: How many windows the work was cut into.
        fingerprint: Of splitter, embedder and text.
    """

    windows: int
    fingerprint: str
    _store: Chroma

    def search(self, question: str, k: int = 10) -> tuple[Span, ...]:
        """The `k` nearest windows, best first."""
        return tuple(
            Span(found.metadata["start_index"], found.metadata["end_index"])
            for found in self._store.similarity_search(question, k=k)
        )


def open_quick_start(
    work: Work,
    embedder: Embedder,
    kept: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> QuickStart:
    """Cut a work into windows, embed them and put them into Chroma, as the tutorial does.

    Args:
        work: The work.
        embedder: Ours; the same one that the default search uses.
        kept: Where the windows' vectors are kept between runs; None embeds them each time.
        progress: Called now and then with the number of windows embedded so far.

    Raises:
        BaselineMissing: Its packages are not installed.
    """
    try:
        # Heavy, and only for who asks for the baseline.
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise BaselineMissing(
            f"The quick-start baseline needs a package that is not installed ({error.name}).",
            "Install it: pip install langchain-text-splitters langchain-chroma",
        ) from error
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=WINDOW, chunk_overlap=OVERLAP, add_start_index=True
    )
    windows = splitter.create_documents([work.text])
    for window in windows:
        window.metadata["end_index"] = window.metadata["start_index"] + len(window.page_content)
    told = f"{WINDOW}/{OVERLAP} {embedder.fingerprint} {work.document.sha256}"
    fingerprint = hashlib.sha256(told.encode()).hexdigest()[:16]
    store = Chroma(
        collection_name=f"quickstart-{fingerprint}",
        embedding_function=EmbedderAsEmbeddings(embedder, kept, progress),
    )
    for first in range(0, len(windows), _BATCH):
        # Named ids: opening it twice in one process must not double the windows.
        batch = windows[first : first + _BATCH]
        store.add_documents(batch, ids=[str(first + number) for number in range(len(batch))])
    return QuickStart(len(windows), fingerprint, store)
