"""How the encoder of questions on one work is learned from the questions written ahead.

Each question should be nearest to the sentence that answers it and to that sentence's passage, as
in `tuning`; here the upper half of the model is changed as well, by additions of low rank to each
of its linear layers. The vectors of the text are fixed, so a step encodes questions alone, which
are short; and the lower half is never changed, so what it makes of each question is computed once.
That is what makes it possible on two cores: 21,000 questions take half an hour.

It works on the model that comes with the project, whose layers are those of Bert.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bundled_model import TOKENIZER, bundled_model
from index.model_folder import QUERY_PREFIX
from index.tower import Change, Tower, Vectors
from index.tuning import SHARPNESS, Lessons, learn

ROUNDS = 3
BATCH = 128
RATE = 1.5e-3
RANK = 16
DROPOUT = 0.1
KEPT = 6
"""Lower layers that stay as they are."""

MAP_RATE = 4e-3
"""Of the linear map that is learned together with the changes, so that they need not do its work;
afterwards it is learned once more by itself."""

MAP_HOLD = 2.0

LONGEST = 128
"""Tokens of a question that are learned from; hardly one has 60."""

_WARMING = 20  # steps over which the rate grows
_LEAST_RATE = 0.05  # share of the rate that is left at the end
_SORTED = 8  # batches that are sorted by length together, so that little is padded
_DECAY = 0.01

_LAYERS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def learn_tower(
    models: Path,
    texts: Sequence[str],
    lessons: Lessons,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Tower:
    """Train the encoder of questions on one work.

    Args:
        models: The folder of all models; the bundled one is made in it if need be.
        texts: The questions as they are searched, at least one.
        lessons: What answers each of them; their vectors are not looked at.
        seed: Of the order in which questions are seen, and of what is dropped.
        progress: Called after each step with the number done and of all.
    """
    training = _Training(bundled_model(models), texts, seed)
    training.run(lessons, progress or (lambda done, total: None))
    vectors = training.vectors()
    taught = Lessons(vectors, lessons.sentences, lessons.passages, lessons.answers, lessons.owners)
    return Tower(training.changes(), learn(taught, seed=seed))


class _Training:
    """A model whose upper layers are being changed, and its questions half encoded."""

    def __init__(self, folder: Path, texts: Sequence[str], seed: int) -> None:
        # Imported here: only tuning needs them, and they take seconds.
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        self._torch: Any = torch
        self._order = np.random.default_rng(seed)
        torch.manual_seed(seed)
        model: Any = BertModel.from_pretrained(folder, local_files_only=True)
        self._model = model.eval().requires_grad_(False)
        tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.enable_truncation(LONGEST)
        prefixed = [QUERY_PREFIX + text for text in texts]
        self._tokens = [one.ids for one in tokenizer.encode_batch_fast(prefixed)]
        self._lengths = np.array([len(one) for one in self._tokens])
        self._added = {
            f"encoder.layer.{at}.{name}": self._added_to(at, name)
            for at in range(KEPT, len(model.encoder.layer))
            for name in _LAYERS
        }
        self._halfway = self._lower()

    def run(self, lessons: Lessons, progress: Callable[[int, int], None]) -> None:
        """Learn for `ROUNDS` rounds."""
        torch = self._torch
        sentences, passages = (
            torch.from_numpy(np.ascontiguousarray(one, dtype=np.float32))
            for one in (lessons.sentences, lessons.passages)
        )
        answers = torch.from_numpy(lessons.answers.astype(np.int64))
        owners = torch.from_numpy(lessons.owners.astype(np.int64))
        size = sentences.shape[1]
        matrix = torch.zeros(size, size, requires_grad=True)
        shift = torch.zeros(size, requires_grad=True)
        rounds = [list(self._batches()) for _ in range(ROUNDS)]
        total = sum(map(len, rounds))
        changed = [one for pair in self._added.values() for one in pair]
        steps = torch.optim.AdamW(
            [
                {"params": changed, "lr": RATE, "weight_decay": _DECAY},
                {"params": [matrix, shift], "lr": MAP_RATE, "weight_decay": 0.0},
            ]
        )
        slowing = torch.optim.lr_scheduler.LambdaLR(
            steps, lambda at: min(1.0, (at + 1) / _WARMING) * max(_LEAST_RATE, 1 - at / total)
        )
        entropy, unit = torch.nn.functional.cross_entropy, torch.nn.functional.normalize
        for done, batch in enumerate((one for some in rounds for one in some), start=1):
            asked = self._upper(batch, training=True)
            moved = unit(asked + asked @ matrix + shift, dim=-1)
            right = answers[torch.from_numpy(batch)]
            loss = entropy(SHARPNESS * moved @ sentences.T, right)
            loss = loss + entropy(SHARPNESS * moved @ passages.T, owners[right])
            loss = loss + MAP_HOLD * (matrix * matrix).sum() / size
            steps.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(changed, 1.0)
            steps.step()
            slowing.step()
            progress(done, total)

    def vectors(self) -> Vectors:
        """Vectors of the questions by what was learned, without the map."""
        torch = self._torch
        found = np.empty((len(self._tokens), self._model.config.hidden_size), dtype=np.float32)
        with torch.no_grad():
            for batch in self._by_length():
                found[batch] = self._upper(batch, training=False).numpy()
        return found

    def changes(self) -> tuple[Change, ...]:
        """What was learned of the layers."""
        return tuple(
            Change(name, down.detach().numpy().copy(), up.detach().numpy().copy())
            for name, (down, up) in self._added.items()
        )

    def _added_to(self, at: int, name: str) -> tuple[Any, Any]:
        """What is added to a layer, nothing at first; put into the model by a hook."""
        torch = self._torch
        linear: Any = self._model.encoder.layer[at].get_submodule(name)
        wide = linear.in_features
        down = (torch.randn(RANK, wide) / math.sqrt(wide)).requires_grad_(True)
        up = torch.zeros(linear.out_features, RANK, requires_grad=True)
        dropped = torch.nn.Dropout(DROPOUT)  # follows the model from learning to measuring

        def with_change(_: Any, given: tuple[Any, ...], result: Any) -> Any:
            return result + dropped(given[0]) @ down.T @ up.T

        linear.register_forward_hook(with_change)
        linear.add_module("dropped", dropped)
        return down, up

    def _lower(self) -> list[Any]:
        """What the lower layers make of each question, half precision, shape (tokens, dim)."""
        torch = self._torch
        found: list[Any] = [None] * len(self._tokens)
        with torch.no_grad():
            for batch in self._by_length():
                length = int(self._lengths[batch].max())
                ids = torch.zeros(len(batch), length, dtype=torch.long)
                for row, at in enumerate(batch):
                    ids[row, : self._lengths[at]] = torch.tensor(self._tokens[at])
                hidden = self._model.embeddings(ids)
                hidden = self._through(hidden, self._mask(batch), slice(0, KEPT))
                for row, at in enumerate(batch):
                    found[at] = hidden[row, : self._lengths[at]].half()
        return found

    def _upper(self, batch: NDArray[np.intp], *, training: bool) -> Any:
        """Vectors of some questions, unit length."""
        torch = self._torch
        self._model.train(training)
        pad = torch.nn.utils.rnn.pad_sequence
        hidden = pad([self._halfway[at] for at in batch], batch_first=True).float()
        mask = self._mask(batch)
        hidden = self._through(hidden, mask, slice(KEPT, None))
        mean = (hidden * mask[:, :, None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=-1)

    def _through(self, hidden: Any, mask: Any, layers: slice) -> Any:
        absent = (1 - mask)[:, None, None, :] * -1e9
        for layer in self._model.encoder.layer[layers]:
            result = layer(hidden, absent)
            hidden = result[0] if isinstance(result, tuple) else result
        return hidden

    def _mask(self, batch: NDArray[np.intp]) -> Any:
        lengths = self._lengths[batch]
        return self._torch.from_numpy(
            (np.arange(lengths.max())[None] < lengths[:, None]).astype(np.float32)
        )

    def _batches(self) -> Iterator[NDArray[np.intp]]:
        """All questions once, in a new order, those of like length together."""
        order = self._order.permutation(len(self._tokens))
        batches = []
        for start in range(0, len(order), BATCH * _SORTED):
            some = order[start : start + BATCH * _SORTED]
            some = some[np.argsort(self._lengths[some], kind="stable")]
            batches += [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
        for at in self._order.permutation(len(batches)):
            yield batches[at]

    def _by_length(self) -> Iterator[NDArray[np.intp]]:
        order = np.argsort(self._lengths, kind="stable")
        for start in range(0, len(order), BATCH):
            yield order[start : start + BATCH]
