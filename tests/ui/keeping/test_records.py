from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.keeping.samples import asked, begun, exchange, judgeable
from tests.ui.samples import abstained
from ui.keeping import (
    IncompleteRecord,
    NotJudgeable,
    Record,
    Shelf,
    SignedRecord,
    Verdict,
    record_digest,
)

QUESTION = "Қазақстан БҰҰ-ға қашан мүше болды?"
VERDICTS = (
    Verdict(0, "supported", "", "2026-11-24T10:00:00.000000Z"),
    Verdict(1, "partly", "Жылы ғана дәл", "2026-11-24T10:01:00.000000Z"),
)
TIME = "2026-11-24T10:02:00.000000Z"


def signed(shelf: Shelf) -> tuple[str, Record]:
    id = begun(shelf, "aigul", QUESTION)
    shelf.judge("aigul", id, 0, 0, "supported")
    shelf.judge("aigul", id, 0, 1, "partly", " Жылы ғана дәл ")
    return id, shelf.sign("aigul", id, 0, " Айгүл  Серік ")


def test_a_record_begins_with_no_judgement_of_any_statement(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", QUESTION)
    assert shelf.record("aigul", id, 0) == Record(
        0, (Verdict(0, None, "", ""), Verdict(1, None, "", ""))
    )
    assert shelf.records("aigul", id) == ()


def test_judgements_are_kept_changed_and_taken_back(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", QUESTION)
    record = shelf.judge("aigul", id, 0, 1, "unsupported", "Мәтінде жоқ")
    assert (record.judged, record.verdicts[1].judgement) == (1, "unsupported")
    assert record.verdicts[1].remark == "Мәтінде жоқ"
    assert shelf.records("aigul", id) == (record,)
    assert shelf.judge("aigul", id, 0, 1, "partly").verdicts[1].judgement == "partly"
    assert shelf.judge("aigul", id, 0, 1, None).judged == 0


def test_signing_needs_every_judgement_and_a_name(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", QUESTION)
    shelf.judge("aigul", id, 0, 0, "supported")
    with pytest.raises(IncompleteRecord, match="statement 2"):
        shelf.sign("aigul", id, 0, "Айгүл")
    shelf.judge("aigul", id, 0, 1, "supported")
    with pytest.raises(IncompleteRecord, match="name"):
        shelf.sign("aigul", id, 0, "  ")
    assert shelf.record("aigul", id, 0).signed_by is None


def test_a_signature_covers_answer_judgements_signer_and_time(shelf: Shelf) -> None:
    id, record = signed(shelf)
    (kept,) = shelf.load("aigul", id)
    assert record.signed_by == "Айгүл Серік"
    assert kept.answer is not None
    assert record.signed_at is not None
    expected = record_digest(kept.answer, record.verdicts, "Айгүл Серік", record.signed_at)
    assert record.digest == expected


def test_nothing_is_changed_under_a_signature(shelf: Shelf) -> None:
    id, record = signed(shelf)
    with pytest.raises(SignedRecord):
        shelf.judge("aigul", id, 0, 0, "unsupported")
    with pytest.raises(SignedRecord):
        shelf.sign("aigul", id, 0, "Басқа")
    with pytest.raises(SignedRecord):
        shelf.replace("aigul", id, exchange("Басқа?"))
    with pytest.raises(SignedRecord):
        shelf.drop_from("aigul", id, 0)
    assert shelf.record("aigul", id, 0) == record
    shelf.add("aigul", id, exchange("Келесі?"))
    shelf.drop_from("aigul", id, 1)  # what stands after it may go
    assert shelf.record("aigul", id, 0) == record


def test_taking_a_signature_back_is_explicit_and_logged(shelf: Shelf) -> None:
    id, before = signed(shelf)
    with pytest.raises(IncompleteRecord):
        shelf.unsign("aigul", id, 0, "")
    open_again = shelf.unsign("aigul", id, 0, "Айгүл Серік", "Қате таптым")
    assert (open_again.signed_by, open_again.digest) == (None, None)
    assert open_again.verdicts == before.verdicts
    shelf.judge("aigul", id, 0, 0, "unsupported")
    again = shelf.sign("aigul", id, 0, "Айгүл Серік")
    assert again.digest != before.digest
    assert [(one.event, one.by, one.reason, one.digest) for one in again.log] == [
        ("signed", "Айгүл Серік", "", before.digest),
        ("unsigned", "Айгүл Серік", "Қате таптым", before.digest),
        ("signed", "Айгүл Серік", "", again.digest),
    ]
    with pytest.raises(SignedRecord):
        shelf.judge("aigul", id, 0, 0, "supported")


def test_a_record_that_is_not_signed_has_no_signature_to_take_back(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", QUESTION)
    with pytest.raises(IncompleteRecord):
        shelf.unsign("aigul", id, 0, "Айгүл")


def test_a_new_answer_has_no_judgements_of_the_old_one(shelf: Shelf) -> None:
    id = begun(shelf, "aigul", QUESTION)
    shelf.judge("aigul", id, 0, 0, "supported")
    shelf.replace("aigul", id, exchange("Басқа?"))
    assert shelf.record("aigul", id, 0).judged == 0


@pytest.mark.parametrize("statement", [-1, 2, 99])
def test_a_statement_that_the_answer_has_not_cannot_be_judged(shelf: Shelf, statement: int) -> None:
    id = begun(shelf, "aigul", QUESTION)
    with pytest.raises(NotJudgeable):
        shelf.judge("aigul", id, 0, statement, "supported")


def test_without_statements_there_is_nothing_to_judge(shelf: Shelf) -> None:
    id = shelf.begin("aigul").id
    shelf.add("aigul", id, asked("Тоқтатылған?"))
    shelf.add("aigul", id, replace(asked("Жоқ?"), answer=abstained(), stage="answered"))
    for position in (0, 1):
        with pytest.raises(NotJudgeable):
            shelf.judge("aigul", id, position, 0, "supported")
        with pytest.raises(NotJudgeable):
            shelf.sign("aigul", id, position, "Айгүл")


def test_deleting_a_conversation_deletes_its_signed_records(shelf: Shelf) -> None:
    id, _ = signed(shelf)
    shelf.delete("aigul", id)
    assert shelf.list("aigul") == ()


@given(at=st.integers(0, 10_000), letter=st.characters(codec="utf-8"))
def test_a_changed_letter_changes_the_digest(at: int, letter: str) -> None:
    answer = judgeable()
    text = answer.answer
    at %= len(text)
    changed = text[:at] + letter + text[at + 1 :]
    digest = record_digest(answer, VERDICTS, "Айгүл", TIME)
    altered = record_digest(replace(answer, answer=changed), VERDICTS, "Айгүл", TIME)
    assert (digest == altered) == (text == changed)


def test_every_part_that_is_signed_counts() -> None:
    answer = judgeable()
    digests = [record_digest(answer, VERDICTS, "Айгүл", TIME)]
    for altered in (
        replace(answer, question="Басқа?"),
        replace(answer, citations=answer.citations[:1]),
        replace(answer, citations=(replace(answer.citations[0], start=99), answer.citations[1])),
        replace(answer, statements=answer.statements[::-1]),
        replace(answer, engine="model:x"),
        replace(answer, index="other"),
    ):
        digests.append(record_digest(altered, VERDICTS, "Айгүл", TIME))
    digests += [
        record_digest(answer, VERDICTS[::-1], "Айгүл", TIME),
        record_digest(answer, (VERDICTS[0], replace(VERDICTS[1], remark="")), "Айгүл", TIME),
        record_digest(answer, VERDICTS, "Басқа", TIME),
        record_digest(answer, VERDICTS, "Айгүл", "2026-11-24T10:02:01.000000Z"),
    ]
    assert len(set(digests)) == len(digests)


def test_the_digest_of_version_one_stays_what_it_was() -> None:
    assert record_digest(judgeable(), VERDICTS, "Айгүл", TIME) == (
        "63d2b8f7ecb492168cef33019cc0f5da383353e447f2497d394faac5e0dc839e"
    )
