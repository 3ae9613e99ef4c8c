from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ui.keeping.samples import asked, begun, exchange
from tests.ui.samples import abstained
from ui.keeping import FILE, NotKept, Shelf, shortened


def test_what_was_kept_comes_back_whole_after_a_restart(path: Path) -> None:
    with Shelf(path) as shelf:
        kept = shelf.begin("aigul")
        first = shelf.add("aigul", kept.id, exchange())
        second = shelf.add(
            "aigul", kept.id, replace(asked("Ал кейін?"), answer=abstained(), stage="answered")
        )
    with Shelf(path) as shelf:
        assert shelf.load("aigul", kept.id) == (first, second)
        assert (first.position, second.position) == (0, 1)
        assert first.answer == exchange().answer
        assert first.asked_at.endswith("Z")


def test_conversations_are_listed_last_changed_first(shelf: Shelf) -> None:
    assert shelf.list("aigul") == ()
    old, new = begun(shelf, "aigul", "Бірінші?"), begun(shelf, "aigul", "Екінші?", "Үшінші?")
    assert [(kept.id, kept.count) for kept in shelf.list("aigul")] == [(new, 2), (old, 1)]
    shelf.add("aigul", old, exchange("Тағы?"))
    assert [kept.id for kept in shelf.list("aigul")] == [old, new]
    assert shelf.get("aigul", old) == shelf.list("aigul")[0]


def test_a_conversation_is_named_by_its_first_question_until_somebody_names_it(
    shelf: Shelf,
) -> None:
    id = begun(shelf, "aigul")
    assert shelf.get("aigul", id).title == ""
    shelf.add("aigul", id, exchange("Бірінші сұрақ?"))
    shelf.add("aigul", id, exchange("Екінші сұрақ?"))
    assert shelf.get("aigul", id).title == "Бірінші сұрақ?"
    shelf.drop_from("aigul", id, 0)
    shelf.add("aigul", id, exchange("Басқа сұрақ?"))
    assert shelf.get("aigul", id).title == "Басқа сұрақ?"
    shelf.rename("aigul", id, "  Менің   тақырыбым ")
    shelf.add("aigul", id, exchange("Тағы бір сұрақ?"))
    assert shelf.get("aigul", id).title == "Менің тақырыбым"
    shelf.rename("aigul", id, "")
    assert shelf.get("aigul", id).title == "Басқа сұрақ?"


def test_a_long_question_is_cut_at_a_word_for_a_title() -> None:
    title = shortened("көпвекторлы сыртқы саясат " * 10)
    assert len(title) <= 60
    assert title.endswith(" саясат…") or title.endswith(" сыртқы…")
    assert shortened("ә" * 500) == "ә" * 59 + "…"


def test_an_exchange_is_replaced_when_its_answer_has_come(shelf: Shelf) -> None:
    id = shelf.begin("aigul").id
    kept = shelf.add("aigul", id, asked("Қашан?"))
    done = replace(exchange("Қашан?"), position=kept.position, asked_at=kept.asked_at)
    assert shelf.replace("aigul", id, done) == done
    assert shelf.load("aigul", id) == (done,)


def test_asking_again_drops_what_came_after(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", "1?", "2?", "3?")
    shelf.drop_from("aigul", id, 1)
    assert [one.question for one in shelf.load("aigul", id)] == ["1?"]
    assert shelf.add("aigul", id, exchange("4?")).position == 1


def test_a_thumb_and_a_remark_are_kept_and_taken_back(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", "1?")
    shelf.like("aigul", id, 0, False, "Жылы қате")
    assert shelf.load("aigul", id)[0].liked is False
    assert shelf.load("aigul", id)[0].remark == "Жылы қате"
    shelf.like("aigul", id, 0, None)
    assert shelf.load("aigul", id)[0].liked is None


def test_conversations_are_found_by_look_alike_letters_in_title_and_questions(
    shelf: Shelf,
) -> None:
    id = begun(shelf, "aigul", "Бірінші?", "Қазақстанның  СЫРТҚЫ саясаты")
    other = begun(shelf, "aigul", "Ресей")
    assert [kept.id for kept in shelf.find("aigul", "cыртқы қазақ")] == [id]  # with a Latin c
    assert [kept.id for kept in shelf.find("aigul", "ресей")] == [other]
    assert shelf.find("aigul", "қазақ ресей") == ()
    assert shelf.find("aigul", " ") == shelf.list("aigul")
    shelf.rename("aigul", other, "Көрші")
    assert [kept.id for kept in shelf.find("aigul", "көрші ресей")] == [other]


STRANGE = (
    lambda shelf, id: shelf.get("daniyar", id),
    lambda shelf, id: shelf.load("daniyar", id),
    lambda shelf, id: shelf.add("daniyar", id, exchange()),
    lambda shelf, id: shelf.replace("daniyar", id, exchange()),
    lambda shelf, id: shelf.drop_from("daniyar", id, 0),
    lambda shelf, id: shelf.rename("daniyar", id, "менікі"),
    lambda shelf, id: shelf.delete("daniyar", id),
    lambda shelf, id: shelf.like("daniyar", id, 0, True),
    lambda shelf, id: shelf.judge("daniyar", id, 0, 0, "supported"),
    lambda shelf, id: shelf.sign("daniyar", id, 0, "Данияр"),
    lambda shelf, id: shelf.unsign("daniyar", id, 0, "Данияр"),
    lambda shelf, id: shelf.record("daniyar", id, 0),
    lambda shelf, id: shelf.records("daniyar", id),
)


@pytest.mark.parametrize("reach", STRANGE)
def test_somebody_elses_conversation_is_as_if_it_were_not_there(
    shelf: Shelf, reach: Callable[[Shelf, str], object]
) -> None:
    id = begun(shelf, "aigul", "Құпия сұрақ?")
    before = (shelf.list("aigul"), shelf.load("aigul", id), shelf.record("aigul", id, 0))
    with pytest.raises(NotKept) as theirs:
        reach(shelf, id)
    with pytest.raises(NotKept) as missing:
        reach(shelf, "no-such-id")
    assert str(theirs.value) == str(missing.value)
    assert shelf.list("daniyar") == shelf.find("daniyar", "құпия") == ()
    assert (shelf.list("aigul"), shelf.load("aigul", id), shelf.record("aigul", id, 0)) == before


@pytest.mark.parametrize("position", [-1, 1, 10**6])
def test_a_position_that_is_not_there_is_not_kept(shelf: Shelf, position: int) -> None:
    id = begun(shelf, "aigul", "1?")
    with pytest.raises(NotKept):
        shelf.like("aigul", id, position, True)
    with pytest.raises(NotKept):
        shelf.drop_from("aigul", id, position)
    with pytest.raises(NotKept):
        shelf.replace("aigul", id, replace(exchange(), position=position))


def test_what_is_forgotten_is_not_in_the_file_any_more(shelf: Shelf, path: Path) -> None:
    begun(shelf, "aigul", "Құпиясөз деген не?")
    gone = begun(shelf, "aigul", "Құпиясөз екінші рет?")
    stays = begun(shelf, "daniyar", "Қалатын сұрақ?")
    shelf.delete("aigul", gone)
    assert shelf.forget("aigul") == 1
    assert shelf.forget("aigul") == 0
    assert shelf.list("aigul") == ()
    assert [kept.id for kept in shelf.list("daniyar")] == [stays]
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert "Құпиясөз".encode() not in held
    assert "Қалатын".encode() in held


def test_neither_names_nor_tokens_of_owners_are_in_the_file(shelf: Shelf, path: Path) -> None:
    begun(shelf, "token-of-a-browser", "1?")
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"token-of-a-browser" not in held


def test_ids_cannot_be_guessed(shelf: Shelf) -> None:
    ids = {shelf.begin("aigul").id for _ in range(200)}
    assert len(ids) == 200
    assert min(map(len, ids)) >= 22  # 16 random bytes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(owner=st.text(min_size=1), question=st.text(), remark=st.text())
def test_any_text_is_kept_letter_by_letter(
    tmp_path_factory: pytest.TempPathFactory, owner: str, question: str, remark: str
) -> None:
    with Shelf(tmp_path_factory.mktemp("any") / FILE) as shelf:
        id = begun(shelf, owner, question)
        shelf.like(owner, id, 0, True, remark)
        (kept,) = shelf.load(owner, id)
        assert (kept.question, kept.remark) == (question, remark)


def test_half_a_surrogate_pair_becomes_the_unknown_character(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", "жарты \ud83d белгі")
    assert shelf.load("aigul", id)[0].question == "жарты \ufffd белгі"
