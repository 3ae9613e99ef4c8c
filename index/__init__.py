"""Finding passages."""

from index.adapter import Adapter, adapter_path, read_adapter, write_adapter
from index.build import BuildSummary, IndexStatus, build_index, index_status, known_vectors
from index.bundled_model import bundled_model_made
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
from index.hits import Disputed, Hit, Scores, Search, Silence
from index.names import (
    Concept,
    Name,
    Naming,
    concepts,
    is_name,
    named_in,
    namings,
    not_inside,
    spellings,
)
from index.reading import OpenIndex, open_index
from index.recipe import ABLATIONS, WHOLE, Recipe
from index.search import Hidden, Searcher
from index.tower import Tower, read_tower, tower_path, write_tower
from index.tower_tuning import learn_tower
from index.travelling import travelling_folder, write_travelling
from index.tuning import Lessons, learn
from index.vectors import Embedder, open_embedder, tuned_encoder
from index.verify import VerifyReport, verify_index
from index.vocabulary import Mended, Vocabulary, skeleton
from index.words import QUESTION_WORDS, STOPWORDS, content_words, stem, tokens

__all__ = [
    "ABLATIONS",
    "QUESTION_WORDS",
    "STOPWORDS",
    "WHOLE",
    "Adapter",
    "BuildProgress",
    "BuildSummary",
    "Concept",
    "Disputed",
    "Embedder",
    "EmbedderUnknown",
    "Hidden",
    "Hit",
    "HomeUnwritable",
    "IndexBusy",
    "IndexDamaged",
    "IndexMissing",
    "IndexStale",
    "IndexStatus",
    "Lessons",
    "Mended",
    "ModelDamaged",
    "ModelMissing",
    "Name",
    "Naming",
    "OpenIndex",
    "Recipe",
    "Scores",
    "Search",
    "Searcher",
    "Silence",
    "StoreUnreachable",
    "Tower",
    "VectorsTooLarge",
    "VerifyReport",
    "Vocabulary",
    "adapter_path",
    "build_index",
    "bundled_model_made",
    "concepts",
    "content_words",
    "index_status",
    "is_name",
    "known_vectors",
    "learn",
    "learn_tower",
    "named_in",
    "namings",
    "not_inside",
    "open_embedder",
    "open_index",
    "read_adapter",
    "read_tower",
    "skeleton",
    "spellings",
    "stem",
    "tokens",
    "tower_path",
    "travelling_folder",
    "tuned_encoder",
    "verify_index",
    "write_adapter",
    "write_tower",
    "write_travelling",
]
