"""Finding passages."""

from index.build import BuildSummary, IndexStatus, build_index, index_status, known_vectors
from index.embedding import BuildProgress
from index.errors import (
    EmbedderUnknown,
    HomeUnwritable,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexStale,
    ModelDamaged,
    ModelMissing,
    StoreUnreachable,
    VectorsTooLarge,
)
from index.hits import Hit, Scores, Search
from index.names import Concept, named_in, spellings
from index.reading import OpenIndex, open_index
from index.search import Searcher
from index.travelling import travelling_folder, write_travelling
from index.vectors import Embedder, open_embedder
from index.verify import VerifyReport, verify_index
from index.vocabulary import Mended, Vocabulary, skeleton
from index.words import QUESTION_WORDS, STOPWORDS, content_words, stem, tokens

__all__ = [
    "QUESTION_WORDS",
    "STOPWORDS",
    "BuildProgress",
    "BuildSummary",
    "Concept",
    "Embedder",
    "EmbedderUnknown",
    "Hit",
    "HomeUnwritable",
    "IndexBusy",
    "IndexDamaged",
    "IndexMissing",
    "IndexStale",
    "IndexStatus",
    "Mended",
    "ModelDamaged",
    "ModelMissing",
    "OpenIndex",
    "Scores",
    "Search",
    "Searcher",
    "StoreUnreachable",
    "VectorsTooLarge",
    "VerifyReport",
    "Vocabulary",
    "build_index",
    "content_words",
    "index_status",
    "known_vectors",
    "named_in",
    "open_embedder",
    "open_index",
    "skeleton",
    "spellings",
    "stem",
    "tokens",
    "travelling_folder",
    "verify_index",
    "write_travelling",
]
