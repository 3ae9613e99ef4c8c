"""What an ordinary sentence-transformers folder consists of, written without loading torch.

The files are small JSON and one `model.safetensors`, whose layout is simple enough to stream: a
length, a JSON header with the place of every tensor, the tensors. Written tensor by tensor it
needs 0.15 GB of memory and two seconds; through torch, transformers and sentence-transformers the
same folder took 26 s and 1.5 GB. A test loads it with sentence-transformers and compares.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.four_bit import FourBitFile, Shape

WEIGHTS = "model.safetensors"
LONGEST = 512
"""Tokens the model reads of a text; what comes after them is not seen."""

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
"""The model was trained with these two; without them its vectors are others."""


def tensor_names(shape: Shape) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Name in a Bert model -> name in the 4-bit file, and shape; in the order they are stored."""
    hidden, forward = shape.hidden, shape.feed_forward
    names: dict[str, tuple[str, tuple[int, ...]]] = {
        "embeddings.word_embeddings.weight": ("emb.word", (shape.vocabulary, hidden)),
        "embeddings.position_embeddings.weight": ("emb.pos", (shape.positions, hidden)),
        "embeddings.token_type_embeddings.weight": ("emb.type", (shape.token_types, hidden)),
        "embeddings.LayerNorm.weight": ("emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": ("emb.ln.b", (hidden,)),
    }
    for layer in range(shape.layers):
        long, short = f"encoder.layer.{layer}.", f"l{layer}."
        for there, here, rows, columns in (
            ("attention.self.query", "q", hidden, hidden),
            ("attention.self.key", "k", hidden, hidden),
            ("attention.self.value", "v", hidden, hidden),
            ("attention.output.dense", "ao", hidden, hidden),
            ("intermediate.dense", "fi", forward, hidden),
            ("output.dense", "fo", hidden, forward),
        ):
            names[f"{long}{there}.weight"] = (f"{short}{here}.w", (rows, columns))
            names[f"{long}{there}.bias"] = (f"{short}{here}.b", (rows,))
        for there, here in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            names[f"{long}{there}.weight"] = (f"{short}{here}.w", (hidden,))
            names[f"{long}{there}.bias"] = (f"{short}{here}.b", (hidden,))
    return names


def write_weights(file: FourBitFile, folder: Path) -> None:
    """Write `model.safetensors`: every tensor of the model as fp32."""
    names = tensor_names(file.shape)
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    at = 0
    for name, (source, shape) in names.items():
        length = 4 * file.size(source)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + length]}
        at += length
    # transformers expects a pooler that this model does not use; zeros keep it from inventing one.
    for name, rows in (("weight", [file.shape.hidden] * 2), ("bias", [file.shape.hidden])):
        length = 4 * math.prod(rows)
        header[f"pooler.dense.{name}"] = {
            "dtype": "F32",
            "shape": rows,
            "data_offsets": [at, at + length],
        }
        at += length
    told = json.dumps(header).encode()
    # Padded so that the tensors begin at a page: onnxruntime maps them from here.
    told += b" " * (-(len(told) + 8) % 4096)
    with (folder / WEIGHTS).open("wb") as out:
        out.write(struct.pack("<Q", len(told)))
        out.write(told)
        for source, _ in names.values():
            for part in file.parts(source):
                out.write(part.data)
        out.truncate(8 + len(told) + at)  # zeros to the end


def write_settings(shape: Shape, tokens: dict[str, str], folder: Path) -> None:
    """Write the JSON files by which sentence-transformers and transformers know the model.

    Args:
        shape: Sizes of the network.
        tokens: The special tokens: "bos", "eos", "pad", "unk".
        folder: The folder of the model.
    """
    for name, content in _settings(shape, tokens):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _settings(shape: Shape, tokens: dict[str, str]) -> Iterable[tuple[str, object]]:
    yield "config.json", _bert(shape)
    modules = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    yield (
        "modules.json",
        [
            {
                "idx": number,
                "name": str(number),
                "path": path,
                "type": f"sentence_transformers.models.{kind}",
            }
            for number, (kind, path) in enumerate(modules)
        ],
    )
    yield "sentence_bert_config.json", {"max_seq_length": LONGEST, "do_lower_case": False}
    yield (
        "config_sentence_transformers.json",
        {
            "prompts": {"query": QUERY_PREFIX, "document": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True}
    yield "1_Pooling/config.json", pooling
    yield "2_Normalize/config.json", {}
    yield (
        "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": LONGEST,
            "bos_token": tokens["bos"],
            "cls_token": tokens["bos"],
            "eos_token": tokens["eos"],
            "sep_token": tokens["eos"],
            "pad_token": tokens["pad"],
            "unk_token": tokens["unk"],
        },
    )


def _bert(shape: Shape) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.feed_forward,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "vocab_size": shape.vocabulary,
        "layer_norm_eps": shape.epsilon,
        "bos_token_id": shape.bos,
        "eos_token_id": shape.eos,
        "pad_token_id": shape.pad,
        "dtype": "float32",
    }


def read_weight(folder: Path, name: str) -> NDArray[np.float32]:
    """One tensor of `model.safetensors`.

    Raises:
        KeyError: There is none of that name.
        OSError, ValueError: The file cannot be read.
    """
    with (folder / WEIGHTS).open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        place: dict[str, Any] = json.loads(file.read(length))[name]
        start, end = place["data_offsets"]
        file.seek(8 + length + start)
        numbers = np.frombuffer(file.read(end - start), dtype="<f4")
    return numbers.reshape(place["shape"]).astype(np.float32, copy=False)
