from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import build_index
from index.errors import EmbedderUnknown, ModelDamaged, ModelMissing
from index.reading import open_index
from index.vectors import Embedder, OnnxEmbedder, open_embedder
from index.verify import verify_index
from tests.index.small import small_text, work_of

ROOT = Path(__file__).parents[2]
WORDS = "Қазақстан көпвекторлы саясат жүргізеді және одақтар мен ұйымдарға қатысады".split()


def test_vectors_have_length_one(bundled_embedder: Embedder) -> None:
    vectors = bundled_embedder.encode_passages(["Қазақстан", "ел " * 300, "x"])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_no_vectors(bundled_embedder: Embedder) -> None:
    assert bundled_embedder.encode_queries([]).shape == (0, 384)
    assert bundled_embedder.encode_passages([]).shape == (0, 384)


@settings(max_examples=8, deadline=None)
@given(lengths=st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_company_and_order_change_no_vector(bundled_embedder: Embedder, lengths: list[int]) -> None:
    texts = [" ".join(WORDS[n % len(WORDS)] for n in range(length)) for length in lengths]
    told: list[int] = []
    together = bundled_embedder.encode_passages(texts, told.append)
    alone = np.concatenate([bundled_embedder.encode_passages([text]) for text in texts])
    assert np.einsum("ij,ij->i", together, alone).min() > 0.99999
    assert told[-1] == len(texts)
    assert told == sorted(told)


def test_questions_and_passages_are_told_apart(bundled_embedder: Embedder) -> None:
    question = bundled_embedder.encode_queries(["Көпвекторлы саясат"])[0]
    passage = bundled_embedder.encode_passages(["Көпвекторлы саясат"])[0]
    assert 0.8 < float(question @ passage) < 0.9999


def test_of_a_long_text_the_beginning_counts(bundled_embedder: Embedder) -> None:
    beginning = "көпвекторлы саясат " * 400
    one, other = bundled_embedder.encode_passages([beginning, beginning + "мұнай бағасы " * 300])
    assert float(one @ other) > 0.99999


def test_the_meaning_is_found_across_languages(bundled_embedder: Embedder) -> None:
    texts = ["Қазақстан 1992 жылы БҰҰ-ға мүше болды.", "Күріш пісіру үшін су қайнатыңыз."]
    passages = bundled_embedder.encode_passages(texts)
    for question in ("When did Kazakhstan join the UN?", "Когда Казахстан вступил в ООН?"):
        near, far = passages @ bundled_embedder.encode_queries([question])[0]
        assert near > far


@pytest.mark.parametrize("name", ["", "bundle", "hub:", "path:", "openai:ada", "Bundled"])
def test_an_unknown_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnknown, match="bundled"):
        open_embedder(name, tmp_path)


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"modules\.json"):
        open_embedder(f"path:{tmp_path}", tmp_path)


def test_a_folder_with_a_broken_model(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "model.onnx"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelDamaged, match="cannot be read"):
        OnnxEmbedder(lambda: tmp_path).load()


def test_the_name_of_a_model_is_known_without_loading_it(tmp_path: Path) -> None:
    embedder = open_embedder("bundled", tmp_path / "nothing-here")
    assert embedder.fingerprint.startswith("multilingual-e5-small-")
    assert embedder.dimension == 384
    assert not (tmp_path / "nothing-here").exists()


def test_a_model_of_the_hub_that_cannot_be_fetched(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from index.errors import ModelMissing\n"
        "from index.vectors import open_embedder\n"
        "try:\n"
        "    open_embedder('hub:nobody/nothing', pathlib.Path(sys.argv[1])).fingerprint\n"
        "except ModelMissing as error:\n"
        "    print(error.remedy)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    assert "path:FOLDER" in done.stdout, done.stderr


@pytest.mark.filterwarnings("default")  # torch and its relatives warn of themselves
def test_any_sentence_transformers_model_makes_an_index(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "tiny")
    embedder = open_embedder(f"path:{model}", tmp_path / "models")
    work = work_of(small_text(30), tmp_path)
    summary = build_index(work, embedder, tmp_path)
    assert summary.state == "built"
    assert summary.embedded > 0
    report = verify_index(work, embedder, tmp_path)
    assert report.differences == ()
    assert report.embedded_again > 0
    assert embedder.dimension == 32
    with open_index(work, embedder, tmp_path) as opened:
        stored = opened.passage_vectors()
        assert stored.shape == (len(work.passages), 32)
        text = work.passages[3].embedding_text
        (found,) = embedder.encode_passages([text])
        assert opened.nearest_passages(found, 1)[0][0] == 3
        # Its own prompts are used: the same words are another vector as a question.
        assert float(embedder.encode_queries([text])[0] @ found) < 0.9999
    again = open_embedder(f"path:{model}", tmp_path / "models")
    assert again.fingerprint == embedder.fingerprint
    assert build_index(work, again, tmp_path).state == "unchanged"
    (model / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    assert open_embedder(f"path:{model}", tmp_path).fingerprint != embedder.fingerprint


def tiny_model(folder: Path) -> Path:
    """A random sentence-transformers model of two layers and 32 numbers a vector."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    pieces = ["[PAD]", "[UNK]", *(chr(code) for code in range(0x21, 0x530)), "▁"]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")  # letter by letter
    untyped: Any = PreTrainedTokenizerFast
    fast = untyped(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", model_max_length=256
    )
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    base = folder.with_name("base")
    BertModel(config).save_pretrained(base)
    fast.save_pretrained(base)
    modules = [Transformer(str(base), max_seq_length=256), Pooling(32, pooling_mode="mean")]
    prompts = {"query": "сұрақ: ", "document": "мәтін: "}
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    return folder
