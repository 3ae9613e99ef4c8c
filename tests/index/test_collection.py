from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.collection import Entry, Store, Vectors
from index.errors import IndexDamaged, StoreUnreachable


def spread(count: int, dimension: int = 16, seed: int = 5) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def entries(count: int) -> list[Entry]:
    return [Entry(f"id{n}", f"Сөйлем {n}", {"ordinal": n, "section": "1.1"}) for n in range(count)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.in_folder(tmp_path / "chroma") as opened:
        yield opened


def test_what_was_put_in_comes_back(store: Store) -> None:
    vectors = spread(5)
    made = store.make("dayek.list", {"embedder": "letters"})
    made.write(entries(5), vectors)
    opened = store.open("dayek.list")
    assert opened.count() == 5
    assert opened.metadata == {"embedder": "letters"}
    assert sorted(opened.entries(), key=lambda entry: entry.id) == entries(5)
    stored = opened.vectors()
    assert np.allclose([stored[f"id{n}"] for n in range(5)], vectors, atol=1e-6)


def test_the_search_graph_is_made_as_asked(store: Store) -> None:
    assert store.make("dayek.list", {"a": 1}).wrong_settings() == []


def test_a_graph_with_other_settings_is_refused(tmp_path: Path) -> None:
    with Store.in_folder(tmp_path) as store:
        store._client.create_collection("dayek.list", embedding_function=None)
        with pytest.raises(IndexDamaged, match="space is l2, not cosine"):
            store.make("dayek.list", {"a": 1})


def test_near_ones_are_those_of_an_exact_search(store: Store) -> None:
    vectors, asked = spread(3000), spread(40, seed=6)
    made = store.make("dayek.list", {"a": 1})
    made.write(entries(3000), vectors)
    found_of_ten = 0
    for vector in asked:
        cosines = vectors @ vector
        exact = [f"id{n}" for n in np.argsort(-cosines)[:10]]
        found = made.nearest(vector, 10)
        found_of_ten += len({id for id, _ in found} & set(exact))
        for id, cosine in found:
            assert cosine == pytest.approx(float(cosines[int(id[2:])]), abs=1e-5)
        assert [cosine for _, cosine in found] == sorted((c for _, c in found), reverse=True)
    assert found_of_ten >= 0.99 * 400


def test_nearest_gives_as_many_as_there_are(store: Store) -> None:
    made = store.make("dayek.list", {"a": 1})
    made.write(entries(7), spread(7))
    assert made.nearest(spread(1)[0], 0) == []
    assert len(made.nearest(spread(1)[0], 50)) == 7


def test_more_entries_than_chroma_takes_at_once(store: Store) -> None:
    told: list[int] = []
    made = store.make("dayek.list", {"a": 1})
    made.write(entries(6000), spread(6000, 4), told.append)
    assert made.count() == 6000
    assert told[-1] == 6000
    assert told == sorted(told)


def test_the_same_entry_twice_is_kept_once(store: Store) -> None:
    made = store.make("dayek.list", {"a": 1})
    made.write(entries(4), spread(4))
    made.write([Entry("id2", "Басқа сөйлем", {"ordinal": 2})], spread(4)[2:3])
    assert made.count() == 4
    assert {entry.id: entry.text for entry in made.entries()}["id2"] == "Басқа сөйлем"


def test_a_deleted_list_is_gone(store: Store) -> None:
    store.make("dayek.one", {"a": 1})
    store.make("dayek.two", {"a": 1})
    store.delete("dayek.one")
    store.delete("dayek.never-was")
    assert store.names() == ["dayek.two"]
    with pytest.raises(IndexDamaged):
        store.open("dayek.one")


def test_a_folder_that_is_no_store_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 500)
    with pytest.raises(IndexDamaged) as raised:
        Store.in_folder(tmp_path)
    assert raised.value.remedy == "Run: dayek index build --rebuild"


READ = """
import sys
from pathlib import Path
import numpy as np
from index.collection import Store
from tests.index.test_collection import spread
vectors = spread(1203)
with Store.in_folder(Path(sys.argv[1])) as store:
    stored = store.open("dayek.list")
    wrong = [n for n in range(0, 1203, 3) if stored.nearest(vectors[n], 1)[0][0] != f"id{n}"]
print(wrong)
"""


def test_many_processes_may_read_one_folder_and_change_no_vector(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    with Store.in_folder(folder) as store:
        store.make("dayek.list", {"a": 1}).write(entries(1203), spread(1203))
    graphs = [path for path in folder.rglob("*") if path.is_file() and "sqlite" not in path.name]
    before = {path: path.read_bytes() for path in graphs}
    assert before
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(4)
    ]
    readers[0].kill()
    said = [reader.communicate(timeout=120)[0] for reader in readers]
    assert said[1:] == ["[]\n"] * 3
    assert {path: path.read_bytes() for path in graphs} == before


def test_a_server_does_what_a_folder_does(server: str) -> None:
    vectors = spread(30)
    with Store.on_server(server) as store:
        made = store.make("dayek.list", {"embedder": "letters"})
        made.write(entries(30), vectors)
        assert made.wrong_settings() == []
        ((id, cosine),) = made.nearest(vectors[9], 1)
        assert id == "id9"
        assert cosine == pytest.approx(1.0, abs=1e-5)
        assert store.open("dayek.list").count() == 30
        store.delete("dayek.list")
        assert store.names() == []


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://x:y"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(StoreUnreachable, match="not the address"):
        Store.on_server(address)


def test_a_server_that_does_not_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refused at once
        with pytest.raises(StoreUnreachable, match="does not answer"):
            Store.on_server(f"http://127.0.0.1:{taken.getsockname()[1]}")
