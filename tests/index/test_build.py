from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import BuildSummary, build_index, index_status
from index.collection import Store
from index.embedding import BuildProgress
from index.errors import HomeUnwritable, IndexBusy, IndexDamaged, IndexMissing, IndexStale
from index.manifest import Manifest
from index.pieces import pieces_of
from index.reading import list_name, open_index
from index.shelf import Shelf
from index.vectors import Embedder
from index.verify import verify_index
from sources import Work
from tests.index.small import LetterEmbedder, small_text, work_of

TABLE = """Төмендегі кестеде сауда көлемі берілген.
Кесте 1 - Сауда көлемі

\t№
\tЕл
\tКөлемі, млрд

\t1
\tРесей
\t26,5

\t2
\tҚытай
\t31,2

Бұл көлем жыл сайын өсіп келеді.
"""


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return work_of(small_text(), tmp_path)


def builds(home: Path, work: Work) -> list[str]:
    return sorted(each.name for each in Shelf(home, work.id).folder.iterdir() if each.is_dir())


def test_before_the_first_build(work: Work, tmp_path: Path) -> None:
    assert index_status(work, LetterEmbedder(), tmp_path).condition.state == "missing"
    with pytest.raises(IndexMissing, match="dayek index build"):
        open_index(work, LetterEmbedder(), tmp_path)


def test_what_is_built_can_be_searched(work: Work, tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    summary = build_index(work, embedder, tmp_path)
    assert summary.state == "built"
    assert (summary.passages, summary.sentences) == (len(work.passages), len(work.sentences))
    assert index_status(work, embedder, tmp_path).condition.state == "fresh"
    with open_index(work, embedder, tmp_path) as opened:
        assert opened.fingerprint == summary.fingerprint
        for ordinal in (0, 7, len(work.sentences) - 1):
            (vector,) = embedder.encode_passages([work.sentences[ordinal].embedding_text])
            exact = opened.sentence_vectors() @ vector
            found = opened.nearest_sentences(vector, 5)
            assert found[-1][1] == pytest.approx(float(np.sort(exact)[-5]), abs=1e-5)
            assert found[0][1] == pytest.approx(1.0, abs=1e-5)
            for at, cosine in found:
                assert cosine == pytest.approx(float(exact[at]), abs=1e-5)
        everything = opened.nearest_passages(vector, 10_000)
        assert sorted(at for at, _ in everything) == list(range(len(work.passages)))


def test_vectors_come_back_by_their_places(work: Work, tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    build_index(work, embedder, tmp_path)
    with open_index(work, embedder, tmp_path) as opened:
        some = opened.sentence_vectors([5, 2])
        texts = [work.sentences[at].embedding_text for at in (5, 2)]
        assert np.allclose(some, embedder.encode_passages(texts), atol=1e-5)
        assert opened.passage_vectors([]).shape == (0, embedder.dimension)
        assert opened.passage_vectors().shape == (len(work.passages), embedder.dimension)


def test_nothing_changed_nothing_done(work: Work, tmp_path: Path) -> None:
    build_index(work, LetterEmbedder(), tmp_path)
    before = builds(tmp_path, work)
    again = LetterEmbedder()
    summary = build_index(work, again, tmp_path, progress=lambda _: pytest.fail("worked"))
    assert (summary.state, summary.embedded, again.embedded) == ("unchanged", 0, [])
    assert builds(tmp_path, work) == before


def test_only_what_is_new_is_embedded_again(work: Work, tmp_path: Path) -> None:
    build_index(work, LetterEmbedder(), tmp_path)
    # A new paragraph in front: every address moves, no other text changes.
    longer = work_of("Мүлдем жаңа кіріспе сөз осында тұр.\n\n" + work.text, tmp_path)
    embedder = LetterEmbedder()
    assert index_status(longer, embedder, tmp_path).condition.changes == ("text",)
    with pytest.raises(IndexStale, match="text of the work was altered"):
        open_index(longer, embedder, tmp_path)
    summary = build_index(longer, embedder, tmp_path)
    assert summary.state == "updated"
    assert 0 < summary.embedded == len(embedder.embedded) <= 4
    assert all("Мүлдем жаңа" in text for text in embedder.embedded)
    assert verify_index(longer, embedder, tmp_path).differences == ()
    assert len(builds(tmp_path, work)) == 1


def test_another_embedder_or_cutting_or_place_makes_it_stale(work: Work, tmp_path: Path) -> None:
    build_index(work, LetterEmbedder(), tmp_path)
    status = index_status(work, LetterEmbedder("letters-2"), tmp_path)
    assert (status.condition.state, status.condition.changes) == ("stale", ("embedder",))
    fewer = replace(work, passages=work.passages[:-1])
    assert index_status(fewer, LetterEmbedder(), tmp_path).condition.changes == ("cutting",)
    served = index_status(work, LetterEmbedder(), tmp_path, chroma="http://127.0.0.1:9")
    assert served.condition.changes == ("store",)
    with pytest.raises(IndexStale, match="another embedding model"):
        open_index(work, LetterEmbedder("letters-2"), tmp_path)
    again = LetterEmbedder("letters-2")
    assert build_index(work, again, tmp_path).reused == 0
    assert again.embedded


def test_a_rebuild_makes_everything_anew(work: Work, tmp_path: Path) -> None:
    first = build_index(work, LetterEmbedder(), tmp_path)
    embedder = LetterEmbedder()
    second = build_index(work, embedder, tmp_path, rebuild=True)
    assert second.embedded == first.embedded == len(embedder.embedded)
    assert second.folder != first.folder
    assert builds(tmp_path, work) == [second.folder.name]


def test_progress_ends_where_it_said_it_would(work: Work, tmp_path: Path) -> None:
    told: list[BuildProgress] = []
    embedder = LetterEmbedder(pause=0.001)
    summary = build_index(work, embedder, tmp_path, progress=told.append)
    stages = list(dict.fromkeys(step.stage for step in told))
    assert stages == ["model", "embed", "store", "check"]
    for stage in stages:
        steps = [step for step in told if step.stage == stage]
        assert steps[-1].done == steps[-1].total
        assert [step.done for step in steps] == sorted(step.done for step in steps)
    embedding = [step for step in told if step.stage == "embed"]
    assert embedding[-1].total == summary.embedded
    assert embedding[0].seconds_left is None
    assert embedding[-1].seconds_left == 0
    halfway = embedding[len(embedding) // 2]
    assert halfway.seconds_left is not None
    assert halfway.seconds_left > 0


def test_two_builds_at_once_are_refused(work: Work, tmp_path: Path) -> None:
    with (
        Shelf(tmp_path, work.id).claim(),
        pytest.raises(IndexBusy, match=r"being built just now \(process \d+, since"),
    ):
        build_index(work, LetterEmbedder(), tmp_path)


def test_a_reader_keeps_its_build_while_a_newer_one_is_made(work: Work, tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    build_index(work, embedder, tmp_path)
    vector = embedder.encode_queries([work.passages[0].embedding_text])[0]
    with open_index(work, embedder, tmp_path) as former:
        assert former.is_current()
        before = former.nearest_sentences(vector, 5)
        newer = build_index(work, embedder, tmp_path, rebuild=True)
        assert not former.is_current()
        assert former.nearest_sentences(vector, 5) == before
        assert len(builds(tmp_path, work)) == 2
        with open_index(work, embedder, tmp_path) as latter:
            assert latter.folder == newer.folder
            found = latter.nearest_sentences(vector, 5)
            assert [c for _, c in found] == pytest.approx([c for _, c in before], abs=1e-5)
    build_index(work, embedder, tmp_path, rebuild=True)
    assert len(builds(tmp_path, work)) == 1


@pytest.mark.parametrize(
    "damage", ["vectors cut", "vectors gone", "manifest", "store", "pointer", "folder"]
)
def test_damage_is_told_and_mended_by_the_next_build(
    work: Work, tmp_path: Path, damage: str
) -> None:
    embedder = LetterEmbedder()
    folder = build_index(work, embedder, tmp_path).folder
    graph = next(folder.rglob("data_level0.bin"))
    if damage == "vectors cut":  # Chroma itself would end the process: a segmentation fault
        graph.write_bytes(graph.read_bytes()[:200])
    elif damage == "vectors gone":
        graph.unlink()
    elif damage == "manifest":
        (folder / "manifest.json").write_text('{"work": 1}', encoding="utf-8")
    elif damage == "store":
        (folder / "chroma" / "chroma.sqlite3").unlink()
    elif damage == "pointer":
        (folder.parent / "current.json").write_bytes(b"\xff{")
    else:
        folder.rename(folder.with_name("elsewhere"))
    with pytest.raises((IndexDamaged, IndexMissing)) as raised:
        open_index(work, embedder, tmp_path)
    assert "dayek index build" in raised.value.remedy
    assert build_index(work, embedder, tmp_path).state != "unchanged"
    assert verify_index(work, embedder, tmp_path).differences == ()
    assert len(builds(tmp_path, work)) == 1


def test_a_garbled_store_of_the_right_size_is_told(work: Work, tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    store = build_index(work, embedder, tmp_path).folder / "chroma" / "chroma.sqlite3"
    store.write_bytes(b"x" * store.stat().st_size)
    with pytest.raises(IndexDamaged) as raised:
        open_index(work, embedder, tmp_path)
    assert raised.value.remedy == "Run: dayek index build --rebuild"
    build_index(work, embedder, tmp_path, rebuild=True)
    assert verify_index(work, embedder, tmp_path).differences == ()


def test_tables_are_checked_to_the_cell(tmp_path: Path) -> None:
    work = work_of(TABLE, tmp_path)
    assert [passage.table for passage in work.passages].count(1) == 2
    build_index(work, LetterEmbedder(), tmp_path)
    report = verify_index(work, LetterEmbedder(), tmp_path)
    assert report.differences == ()
    assert report.cells == 9
    assert report.passages == len(work.passages)


def altered_store(home: Path, summary: BuildSummary, name: str, change: str) -> None:
    with Store.in_folder(summary.folder / "chroma") as store:
        stored = store.open(list_name(summary.folder, name))
        entry = next(stored.entries())
        vector = stored.vectors()[entry.id]
        if change == "text":
            stored.write([replace(entry, text=entry.text + " емес")], vector[None])
        elif change == "address":
            told = {**entry.metadata, "start": 7}
            stored.write([replace(entry, metadata=told)], vector[None])
        elif change == "vector":
            stored.write([entry], np.roll(vector, 1)[None])
        elif change == "stranger":
            stored.write([replace(entry, id="stranger")], vector[None])
        else:
            stored._collection.delete(ids=[entry.id])


@pytest.mark.parametrize("name", ["passages", "sentences"])
@pytest.mark.parametrize("change", ["text", "address", "vector", "stranger", "lost"])
def test_checking_finds_one_wrong_entry(work: Work, tmp_path: Path, name: str, change: str) -> None:
    embedder = LetterEmbedder()
    summary = build_index(work, embedder, tmp_path)
    altered_store(tmp_path, summary, name, change)
    differences = verify_index(work, embedder, tmp_path, sample=10_000).differences
    told = " ".join(differences)
    expected = {
        "text": "the stored words are not those of the work",
        "address": "the stored address is not that of the work",
        "vector": "embedded again",
        "stranger": "stranger belongs to nothing in the work",
        "lost": "is missing",
    }
    assert expected[change] in told


def test_the_manifest_says_what_it_was_made_of(work: Work, tmp_path: Path) -> None:
    summary = build_index(work, LetterEmbedder(), tmp_path)
    told = json.loads((summary.folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["sha256"] == work.document.sha256
    assert told["embedder"] == "letters-1"
    assert told["dimension"] == LetterEmbedder.dimension
    assert told["versions"]["chromadb"]
    assert Manifest.read(summary.folder / "manifest.json").fingerprint == summary.fingerprint


def test_ids_are_the_same_for_the_same_words_at_the_same_place(work: Work, tmp_path: Path) -> None:
    def ids(of: Work) -> list[str]:
        return [piece.entry.id for some in pieces_of(of).values() for piece in some]

    assert ids(work) == ids(work_of(work.text, tmp_path))
    assert len(set(ids(work))) == len(work.passages) + len(work.sentences)
    moved = work_of("\n" + work.text, tmp_path)
    assert not set(ids(work)) & set(ids(moved))


def test_a_folder_that_cannot_be_written(work: Work, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(HomeUnwritable, match="--home"):
        build_index(work, LetterEmbedder(), tmp_path)


def test_status_and_an_unchanged_build_need_neither_model_nor_chroma(
    work: Work, tmp_path: Path
) -> None:
    build_index(work, LetterEmbedder(), tmp_path)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from index.build import build_index, index_status\n"
        "from tests.index.small import LetterEmbedder, work_of\n"
        "home = Path(sys.argv[1])\n"
        "work = work_of((home / 'small.txt').read_text(encoding='utf-8'), home)\n"
        "assert index_status(work, LetterEmbedder(), home).condition.state == 'fresh'\n"
        "assert build_index(work, LetterEmbedder(), home).state == 'unchanged'\n"
        "heavy = {'chromadb', 'torch', 'onnxruntime', 'tokenizers', 'sentence_transformers'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "[]\n", done.stderr


def test_the_bundled_model_makes_an_index(
    work: Work, tmp_path: Path, bundled_embedder: Embedder
) -> None:
    summary = build_index(work, bundled_embedder, tmp_path)
    assert summary.embedded > 0
    report = verify_index(work, bundled_embedder, tmp_path)
    assert report.differences == ()
    assert report.least_cosine > 0.999
    with open_index(work, bundled_embedder, tmp_path) as opened:
        question = bundled_embedder.encode_queries(["2005 жылы не болды?"])[0]
        places = [at for at, _ in opened.nearest_sentences(question, 5)]
        assert any("2005" in work.sentences[at].embedding_text for at in places)


def test_an_index_on_a_server(work: Work, tmp_path: Path, server: str) -> None:
    embedder = LetterEmbedder()
    first = build_index(work, embedder, tmp_path, chroma=server)
    assert first.store == server
    assert build_index(work, embedder, tmp_path, chroma=server + "/").state == "unchanged"
    assert verify_index(work, embedder, tmp_path, chroma=server).differences == ()
    with open_index(work, embedder, tmp_path, chroma=server) as opened:
        vector = embedder.encode_queries([work.passages[2].embedding_text])[0]
        assert opened.nearest_passages(vector, 1)[0][0] == 2

    # Another machine takes the vectors from the server and leaves the lists of the first alone.
    second_home = tmp_path / "second"
    second_home.mkdir()
    other = LetterEmbedder()
    assert build_index(work, other, second_home, chroma=server).state == "updated"
    assert other.embedded == []
    build_index(work, embedder, tmp_path, chroma=server, rebuild=True)
    with Store.on_server(server) as store:
        assert len(store.names()) == 8
    for home in (tmp_path, second_home):
        assert verify_index(work, embedder, home, chroma=server).differences == ()
    # Back to a folder: the lists that this machine put on the server go.
    assert build_index(work, embedder, tmp_path).store == "folder"
    with Store.on_server(server) as store:
        assert len(store.names()) == 4
