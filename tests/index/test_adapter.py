from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.adapter import Adapter, Vectors, adapter_path, read_adapter, write_adapter
from index.vectors import Embedder
from sources import Work, open_work
from tests.index.small import small_text, work_of

SIZE = 6
# So small that no vector of length 1 can be moved to nothing.
SMALL = st.floats(-0.0625, 0.0625, width=32)


def adapter_of(seed: int, size: int = SIZE) -> Adapter:
    numbers = np.random.default_rng(seed)
    matrix, shift = numbers.normal(0, 0.1, (size, size)), numbers.normal(0, 0.1, size)
    return Adapter(matrix.astype(np.float32), shift.astype(np.float32))


def units(seed: int, n: int, size: int = SIZE) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(n, size)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@given(
    arrays.arrays(np.float32, (SIZE, SIZE), elements=SMALL),
    arrays.arrays(np.float32, (SIZE,), elements=SMALL),
    st.integers(0, 5),
)
def test_corrected_vectors_keep_their_length_and_shape(
    matrix: Vectors, shift: Vectors, n: int
) -> None:
    corrected = Adapter(matrix, shift).apply(units(7, n))
    assert corrected.shape == (n, SIZE)
    assert corrected.dtype == np.float32
    assert np.allclose(np.linalg.norm(corrected, axis=1), 1, atol=1e-5)


def test_an_adapter_that_learned_nothing_changes_nothing() -> None:
    nothing = Adapter(np.zeros((SIZE, SIZE), np.float32), np.zeros(SIZE, np.float32))
    vectors = units(1, 9)
    assert np.allclose(nothing.apply(vectors), vectors, atol=1e-6)


def test_each_vector_is_corrected_by_itself() -> None:
    adapter, vectors = adapter_of(2), units(3, 5)
    together = adapter.apply(vectors)
    alone = np.vstack([adapter.apply(vectors[at : at + 1]) for at in range(5)])
    assert np.allclose(together, alone, atol=1e-6)
    by_hand = vectors[0] + vectors[0] @ adapter.matrix + adapter.shift
    assert np.allclose(together[0], by_hand / np.linalg.norm(by_hand), atol=1e-6)


def test_what_is_written_is_read_again_for_the_same_embedder_only(tmp_path: Path) -> None:
    path = tmp_path / "adapters" / "a.npz"
    write_adapter(adapter_of(4, 64), path, "ours")
    read = read_adapter(path, "ours")
    assert read
    vectors = units(5, 50, 64)
    cosines = np.einsum("ij,ij->i", read.apply(vectors), adapter_of(4, 64).apply(vectors))
    assert cosines.min() > 0.99999
    assert {read.matrix.dtype, read.shift.dtype} == {np.dtype(np.float32)}
    assert read_adapter(path, "theirs") is None
    assert read_adapter(path, "") is None


def test_a_newer_adapter_takes_the_place_of_the_older(tmp_path: Path) -> None:
    path = tmp_path / "adapter.npz"
    for seed, embedder in ((1, "old"), (2, "new")):
        write_adapter(adapter_of(seed), path, embedder)
    assert read_adapter(path, "old") is None
    read = read_adapter(path, "new")
    assert read
    assert np.allclose(read.matrix, adapter_of(2).matrix, atol=1e-3)
    assert list(tmp_path.iterdir()) == [path]


def test_where_there_is_none_none_is_read(tmp_path: Path) -> None:
    assert read_adapter(tmp_path / "adapter.npz", "ours") is None
    assert read_adapter(tmp_path, "ours") is None


def test_a_damaged_adapter_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "adapter.npz"
    write_adapter(adapter_of(6), path, "ours")
    whole = path.read_bytes()
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-1]):
        path.write_bytes(damaged)
        assert read_adapter(path, "ours") is None
    np.savez(path, embedder=np.array("ours"), matrix=np.zeros((2, 2)))
    assert read_adapter(path, "ours") is None


def test_bytes_spoiled_anywhere_end_in_no_error(tmp_path: Path) -> None:
    path = tmp_path / "adapter.npz"
    write_adapter(adapter_of(6, 24), path, "ours")
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        read_adapter(path, "ours")


def test_an_adapter_lies_with_its_work(tmp_path: Path) -> None:
    mine = work_of(small_text(2), tmp_path, id="mine")
    other = work_of(small_text(2), tmp_path, id="other")
    home = tmp_path / "home"
    assert home in adapter_path(mine, home).parents
    assert adapter_path(mine, home) != adapter_path(other, home)
    carried = replace(mine, card=replace(mine.card, folder=tmp_path / "library" / "mine"))
    assert adapter_path(carried, home) == tmp_path / "library" / "mine" / "adapter.npz"


def test_a_file_of_the_users_has_an_adapter_of_its_own(tmp_path: Path) -> None:
    works: list[Work] = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text(small_text(2), encoding="utf-8")
        works.append(open_work(path))
    assert len({adapter_path(work, tmp_path) for work in works}) == 2


def test_the_adapter_of_the_dissertation_fits_the_model_that_comes_along(
    work: Work, bundled_embedder: Embedder, tmp_path: Path
) -> None:
    adapter = read_adapter(adapter_path(work, tmp_path), bundled_embedder.fingerprint)
    assert adapter
    size = bundled_embedder.dimension
    assert (adapter.matrix.shape, adapter.shift.shape) == ((size, size), (size,))
