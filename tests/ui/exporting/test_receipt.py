"""Receipts: written, read again, and every change of what they say found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Work
from tests.ui.exporting.samples import (
    ROW,
    SENTENCES,
    gathered,
    imprint_of,
    kept,
    replied,
    signed,
    transcribed,
)
from ui.exporting import (
    FORMAT,
    VERSION,
    Checked,
    Content,
    Entry,
    Receipt,
    ReceiptUnreadable,
    Transcript,
    check_receipt,
    read_receipt,
    write,
)
from ui.exporting.receipt import receipt_bytes, receipt_of

Told = dict[str, Any]


def exported(work: Work, content: Content) -> Told:
    told: Told = json.loads(write(content, imprint_of(work), "json"))
    return told


def sealed(told: Told) -> bytes:
    """The receipt with a digest that is right, as a forger would make it."""
    read = read_receipt(json.dumps(told).encode())
    return json.dumps(told | {"digest": read.contents}).encode()


def checked(work: Work, told: Told) -> Checked:
    return check_receipt(read_receipt(sealed(told)), work)


def faults(work: Work, told: Told) -> dict[str, tuple[str, ...]]:
    return {
        f"{one.kind} {one.exchange} {one.number}": one.faults
        for one in checked(work, told).checks
        if one.faults
    }


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_exported_holds(work: Work, language: Any) -> None:
    for content in (transcribed(work), gathered(work, language), Transcript("", ())):
        raw = write(content, imprint_of(work, language), "json")
        found = check_receipt(read_receipt(raw), work)
        assert [one for one in found.checks if one.faults] == []
    assert found.holds


def test_a_receipt_says_what_it_is_and_holds_the_whole_answers(work: Work) -> None:
    content = transcribed(work)
    told = exported(work, content)
    assert (told["format"], told["version"], told["kind"]) == (FORMAT, VERSION, "transcript")
    assert told["work"]["sha256"] == work.document.sha256
    answers = [entry.exchange.answer for entry in content.entries]
    assert [one["answer"] for one in told["exchanges"]] == [
        None if answer is None else json.loads(answer.as_json()) for answer in answers
    ]
    assert told["exchanges"][0]["addresses"] == ["2.1-бөлім, 5-абзац", "2.2-бөлім, 6-абзац"]


def test_what_is_read_is_what_was_written(work: Work) -> None:
    for content in (transcribed(work), gathered(work)):
        receipt = receipt_of(content, imprint_of(work))
        read = read_receipt(receipt_bytes(receipt))
        assert read.receipt == receipt
        assert read.contents == receipt.digest


def test_real_answers_hold(work: Work, assistant: Any) -> None:
    asked = (
        "Қазақстан БҰҰ-ға қашан мүше болды?",
        "5-кестеде қандай кезеңдер берілген?",
        "Когда был закрыт Семипалатинский полигон?",
        "What is a middle power?",
        "Орта державаның басты ерекшеліктері қандай?",
        "Париждегі ауа райы қандай?",
    )
    answers = [assistant.ask(question) for question in asked]
    entries = [
        Entry(
            kept(answer, position, answer.question),
            signed(answer, position=position) if answer.statements else None,
        )
        for position, answer in enumerate(answers)
    ]
    told = exported(work, Transcript("", tuple(entries)))
    assert faults(work, told) == {}
    assert sum(len(answer.citations) for answer in answers) >= 8


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_changed_letter_of_a_quotation_is_found(work: Work, data: st.DataObject) -> None:
    told = exported(work, transcribed(work))
    exchange = data.draw(st.sampled_from([0, 1]))
    citations = told["exchanges"][exchange]["answer"]["citations"]
    number = data.draw(st.integers(0, len(citations) - 1))
    quote = citations[number]["quote"]
    at = data.draw(st.integers(0, len(quote) - 1))
    letter = data.draw(st.characters(codec="utf-8") | st.just("") | st.sampled_from("aəСc \n"))
    changed = quote[:at] + letter + quote[at + 1 :]
    citations[number]["quote"] = changed
    found = faults(work, told).get(f"citation {exchange} {number + 1}", ())
    assert ("quotation" in found) == (changed != quote)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_moved_offset_is_found(work: Work, data: st.DataObject) -> None:
    told = exported(work, transcribed(work))
    citation = told["exchanges"][0]["answer"]["citations"][data.draw(st.integers(0, 1))]
    end = data.draw(st.sampled_from(["start", "end"]))
    by = data.draw(st.integers(-600_000, 600_000).filter(bool))
    citation[end] += by
    found = faults(work, told)[f"citation 0 {citation['marker']}"]
    assert {"quotation", "outside"} & set(found)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_any_change_of_a_gathered_place_is_found(work: Work, data: st.DataObject) -> None:
    told = exported(work, gathered(work))
    number = data.draw(st.integers(0, 2))
    place = told["places"][number]
    part = data.draw(st.sampled_from(sorted(place)))
    if isinstance(place[part], int):
        place[part] += data.draw(st.integers(1, 400_000))
    else:
        at = data.draw(st.integers(0, len(place[part]) - 1))
        place[part] = place[part][:at] + "Щ" + place[part][at + 1 :]
    assert set(faults(work, told)) == {f"place None {number + 1}"}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_without_a_new_digest_any_change_at_all_is_found(work: Work, data: st.DataObject) -> None:
    """The digest covers every value, also those that the work cannot prove."""
    told = exported(work, transcribed(work))
    place, value = data.draw(st.sampled_from(sorted(values(told), key=lambda one: str(one[0]))))
    other = data.draw(SCALARS.filter(lambda one: one != value or type(one) is not type(value)))
    put(told, place, other)
    try:
        read = read_receipt(json.dumps(told).encode())
    except ReceiptUnreadable:
        return
    assert not check_receipt(read, work).holds


SCALARS = st.none() | st.booleans() | st.integers(-5, 10**6) | st.text(max_size=8)


def values(told: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every scalar of a JSON value with where it stands."""
    if isinstance(told, dict):
        for name, inner in told.items():
            yield from values(inner, (*place, name))
    elif isinstance(told, list):
        for at, inner in enumerate(told):
            yield from values(inner, (*place, at))
    else:
        yield place, told


def put(told: Any, place: tuple[Any, ...], value: Any) -> None:
    for step in place[:-1]:
        told = told[step]
    told[place[-1]] = value


Change = Callable[[Told], object]


def answer_of(told: Told) -> Told:
    answer: Told = told["exchanges"][0]["answer"]
    return answer


def record_of(told: Told) -> Told:
    record: Told = told["records"][0]
    return record


FORGERIES: dict[str, tuple[Change, str, str]] = {
    "another paragraph": (
        lambda told: answer_of(told)["citations"][0].update(paragraph=6),
        "citation 0 1",
        "place",
    ),
    "another section": (
        lambda told: answer_of(told)["citations"][0].update(section="3.1"),
        "citation 0 1",
        "place",
    ),
    "another title": (
        lambda told: answer_of(told)["citations"][0].update(section_title="Басқа"),
        "citation 0 1",
        "section_title",
    ),
    "another line": (
        lambda told: answer_of(told)["citations"][1].update(line=1),
        "citation 0 2",
        "line",
    ),
    "a passage elsewhere": (
        lambda told: answer_of(told)["citations"][1].update(passage_start=0, passage_end=9),
        "citation 0 2",
        "passage",
    ),
    "another address in words": (
        lambda told: told["exchanges"][0]["addresses"].__setitem__(0, "2.1-бөлім, 6-абзац"),
        "citation 0 1",
        "address",
    ),
    "an address too few": (
        lambda told: told["exchanges"][0]["addresses"].pop(),
        "answer 0 None",
        "addresses",
    ),
    "a marker without a citation": (
        lambda told: answer_of(told).update(answer=answer_of(told)["answer"] + " [3]"),
        "answer 0 None",
        "markers",
    ),
    "a citation without a marker": (
        lambda told: answer_of(told).update(answer=answer_of(told)["answer"].replace("[2]", "")),
        "answer 0 None",
        "markers",
    ),
    "another year in the answer and its statement": (
        lambda told: (
            answer_of(told).update(answer=answer_of(told)["answer"].replace("5-ші", "6-шы")),
            answer_of(told)["statements"][0].update(
                text=answer_of(told)["statements"][0]["text"].replace("5-ші", "6-шы")
            ),
        ),
        "statement 0 1",
        "not_verbatim",
    ),
    "another year in the answer alone": (
        lambda told: answer_of(told).update(
            answer=answer_of(told)["answer"].replace("5-ші", "6-шы")
        ),
        "statement 0 1",
        "not_in_answer",
    ),
    "a passage that is not there": (
        lambda told: answer_of(told)["retrieved"][0].update(end=10**7),
        "answer 0 None",
        "nearest",
    ),
    "another file": (
        lambda told: told["work"].update(sha256="0" * 64),
        "work None None",
        "sha256",
    ),
    "an answer of another file": (
        lambda told: answer_of(told)["work"].update(sha256="0" * 64),
        "answer 0 None",
        "sha256",
    ),
    "one position twice": (
        lambda told: told["exchanges"][1].update(position=0),
        "receipt None None",
        "positions",
    ),
    "another judgement": (
        lambda told: record_of(told)["verdicts"][0].update(judgement="supported"),
        "record 0 None",
        "digest",
    ),
    "another remark": (
        lambda told: record_of(told)["verdicts"][0].update(remark="Дұрыс"),
        "record 0 None",
        "digest",
    ),
    "another signer": (
        lambda told: record_of(told).update(signed_by="Басқа"),
        "record 0 None",
        "digest",
    ),
    "another time": (
        lambda told: record_of(told).update(signed_at="2026-11-25T10:00:00Z"),
        "record 0 None",
        "digest",
    ),
    "another question under a signature": (
        lambda told: answer_of(told).update(question="Басқа?"),
        "record 0 None",
        "digest",
    ),
    "a judgement too few": (
        lambda told: record_of(told)["verdicts"].pop(),
        "record 0 None",
        "verdicts",
    ),
    "signed without a judgement": (
        lambda told: record_of(told)["verdicts"][0].update(judgement=None),
        "record 0 None",
        "unjudged",
    ),
    "signed without a digest": (
        lambda told: record_of(told).update(digest=None),
        "record 0 None",
        "signature",
    ),
    "a signature that the log does not know": (
        lambda told: record_of(told).update(log=[]),
        "record 0 None",
        "log",
    ),
    "a signature that vanished": (
        lambda told: record_of(told).update(digest=None, signed_by=None, signed_at=None),
        "record 0 None",
        "log",
    ),
    "a record of an answer that is not there": (
        lambda told: record_of(told).update(position=3),
        "record 3 None",
        "no_answer",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_with_a_right_digest_is_found_by_what_the_work_says(
    work: Work, forgery: str
) -> None:
    change, item, fault = FORGERIES[forgery]
    told = exported(work, transcribed(work))
    change(told)
    assert fault in faults(work, told).get(item, ())


def test_another_work_proves_nothing(work: Work) -> None:
    told = exported(work, transcribed(work))
    shorter = replace(work, document=type(work.document).of(work.text[:300_000].encode()))
    found = faults(shorter, told)
    assert found["work None None"] == ("sha256",)
    assert "sha256" in found["answer 0 None"]


BROKEN: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"%PDF-1.4 \xff\xfe",
    "cut off": b'{"format": "dayek-receipt", "version": 1, "wo',
    "another JSON": b'{"hello": [1, 2]}',
    "a list": b"[]",
    "a number": b"7",
    "deep": b"[" * 200_000,
    "no version": b'{"format": "dayek-receipt"}',
    "a version of another kind": b'{"format": "dayek-receipt", "version": true}',
    "a newer version": b'{"format": "dayek-receipt", "version": 2, "more": {}}',
    "not a number": b'{"format": "dayek-receipt", "version": NaN}',
    "a name twice": b'{"format": "dayek-receipt", "version": 1, "version": 1}',
    "nothing else": b'{"format": "dayek-receipt", "version": 1}',
    "a huge number": b'{"format": "dayek-receipt", "version": ' + b"1" * 5000 + b"}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_receipt_is_told(name: str) -> None:
    with pytest.raises(ReceiptUnreadable, match=r"x\.json"):
        read_receipt(BROKEN[name], "x.json")


def test_what_is_wrong_in_a_receipt_is_told_with_its_place(work: Work) -> None:
    told = exported(work, transcribed(work))
    cases: dict[str, Change] = {
        "exchanges[0].answer.citations[1].start is not of the kind int": lambda one: answer_of(one)[
            "citations"
        ][1].update(start="7"),
        "exchanges[0].answer.seconds.total is missing": lambda one: answer_of(one)["seconds"].pop(
            "total"
        ),
        "exchanges[0].answer.shout is not known here": lambda one: answer_of(one).update(
            shout=True
        ),
        "records[0].verdicts[0].judgement is none of supported, partly, unsupported": (
            lambda one: record_of(one)["verdicts"][0].update(judgement="great")
        ),
        "places is no list": lambda one: one.update(places=None),
        "work is no object": lambda one: one.update(work="multivector"),
        "versions.python is not of the kind str": lambda one: one["versions"].update(python=3.11),
    }
    for said, change in cases.items():
        broken = json.loads(json.dumps(told))
        change(broken)
        with pytest.raises(ReceiptUnreadable) as error:
            read_receipt(json.dumps(broken).encode())
        assert said in str(error.value)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_json_at_all_makes_the_check_stumble(work: Work, data: st.DataObject) -> None:
    content = gathered(work) if data.draw(st.booleans()) else transcribed(work)
    told = exported(work, content)
    places = [place for place, _ in values(told)]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places))
        cut = place[: data.draw(st.integers(1, len(place)))]
        try:
            put(told, cut, data.draw(SCALARS | st.lists(SCALARS, max_size=2) | st.just({})))
        except (KeyError, IndexError, TypeError):
            continue
    try:
        read = read_receipt(json.dumps(told).encode())
    except ReceiptUnreadable:
        return
    assert isinstance(read.receipt, Receipt)
    check_receipt(read, work)


def test_a_receipt_of_a_table_row_holds_its_address(work: Work) -> None:
    told = exported(work, Transcript("", (Entry(kept(replied(work, ROW))),)))
    assert told["exchanges"][0]["addresses"] == ["5-кесте, 1-жол"]
    answer_of(told)["citations"][0]["row"] = 2
    assert faults(work, told) == {"citation 0 1": ("place",)}


def test_a_later_part_of_an_answer_does_not_break_an_older_receipt(work: Work) -> None:
    """A receipt written before answers had statements, with the digest of that time."""
    answer = replace(replied(work, *SENTENCES), statements=())
    told = exported(work, Transcript("", (Entry(kept(answer)),)))
    for later in ("statements", "removed", "usage"):
        answer_of(told).pop(later)
    assert faults(work, told) == {}
