from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from sources import Block, NoSuchPlace, Work
from tests.sources.made_up import FEW, data, spaceless, texts, work_of

RUN_INS: list[dict[str, Any]] = data("run_in.json")


def words(work: Work, block: Block) -> str:
    return work.text[block.start : block.end]


def paragraphs(text: str, folder: Path) -> list[str]:
    work = work_of(text, folder)
    return [words(work, block) for block in work.outline.blocks if block.kind == "paragraph"]


def lists(text: str, folder: Path) -> list[list[str]]:
    work = work_of(text, folder)
    return [
        [work.document.quote(item) for item in block.items]
        for block in work.outline.blocks
        if block.kind == "list"
    ]


def test_all_sections_and_no_false_one(work: Work) -> None:
    told = [(s.id, s.line - 1, s.title) for s in work.outline.sections]
    assert told == [(s["id"], s["line"], s["title"]) for s in data("outline.json")]


def test_sections_hold_the_whole_text(work: Work) -> None:
    sections = work.outline.sections
    assert not work.text[: sections[0].start].strip()
    assert sections[-1].end == len(work.text)
    for section, following in pairwise(sections):
        assert section.end == following.start
    for section in sections:
        assert section.level == (2 if "." in section.id else 1)
        assert section.heading
        assert section.title in work.document.quote(section.heading)


def test_sections_are_found_by_id_and_by_heading(work: Work) -> None:
    assert work.outline.section(" 2.1. ").id == "2.1"
    assert work.outline.section("кіріспе").id == work.outline.section("Introduction").id == "intro"
    title = work.outline.section("3.1").title
    assert work.outline.section(title.upper()).id == "3.1"
    with pytest.raises(NoSuchPlace, match=r"'4\.1'.*intro, 1, 1\.1.*conclusion"):
        work.outline.section("4.1")


def test_paragraphs_are_found_by_their_number(work: Work) -> None:
    first = work.outline.paragraph("2.1", 1)
    assert (first.section, first.number, first.kind) == ("2.1", 1, "paragraph")
    heading = work.outline.paragraph("2.1", 0)
    assert words(work, heading).startswith("2.1 ")
    with pytest.raises(NoSuchPlace, match="Its paragraphs are 1 to 18"):
        work.outline.paragraph("conclusion", 19)


def test_every_address_is_permanent_and_its_own(work: Work) -> None:
    numbered = [block for block in work.outline.blocks if block.kind != "heading"]
    addresses = [(block.section, block.number) for block in numbered]
    assert len(set(addresses)) == len(addresses)
    for section in work.outline.sections:
        numbers = [block.number for block in numbered if block.section == section.id]
        assert numbers == list(range(1, len(numbers) + 1))
    for block in numbered:
        assert work.outline.paragraph(block.section, block.number) is block
    # Addresses that a reader may have written down; they must never move.
    known = {"intro": 70, "1.1": 69, "2.1": 79, "3.1": 66, "3.3": 61, "conclusion": 18}
    assert {id: max(n for s, n in addresses if s == id) for id in known} == known
    last = work.outline.paragraph("3.2", 61)
    assert last.start == 396579
    assert words(work, last).startswith("Орталық Азия елдері ықтимал тәуекелдердіазайту")


def test_blocks_hold_all_words_in_order(work: Work) -> None:
    assert_blocks_hold_all_words(work)


def assert_blocks_hold_all_words(work: Work) -> None:
    at = 0
    for block in work.outline.blocks:
        assert at <= block.start < block.end
        assert not spaceless(work.text[at : block.start])
        assert words(work, block) == words(work, block).strip()
        assert block.line == work.document.line_of(block.start)
        section = work.outline.section(block.section)
        assert section.start <= block.start < block.end <= section.end
        at = block.end
    assert not spaceless(work.text[at:])


@FEW
@given(texts)
def test_any_text_is_held_by_its_blocks(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    work = work_of(text, tmp_path_factory.mktemp("text"))
    assert_blocks_hold_all_words(work)
    numbered = [(b.section, b.number) for b in work.outline.blocks if b.kind != "heading"]
    assert len(set(numbered)) == len(numbered)
    for index, block in enumerate(work.outline.blocks):
        for offset in (block.start, block.end - 1):
            assert work.outline.block_index(offset) == index
            assert work.outline.block_at(offset) is block


def test_tabs_after_a_sentence_part_paragraphs(tmp_path: Path) -> None:
    three = [f"{which} абзац осы жерде аяқталады." for which in ("Бірінші", "Екінші", "Үшінші")]
    assert paragraphs(f"{three[0]}\t{three[1]}\t\t \t{three[2]}\t\t\n", tmp_path) == three


def test_tabs_inside_a_sentence_do_not(tmp_path: Path) -> None:
    inside = "«экономикалық ғажайып»\tқалыптастырған Қытайдың үлгісі."
    assert paragraphs(inside, tmp_path) == [inside]


def test_a_title_run_in_before_a_tab_stays_with_its_paragraph(tmp_path: Path) -> None:
    text = "Қазақстандық зерттеушілер.\tОлар көп жазды. Тағы да жазды.\n"
    work = work_of(text, tmp_path)
    (block,) = work.outline.blocks
    assert block.run_in == "Қазақстандық зерттеушілер"


def test_tab_traps_of_the_work(work: Work) -> None:
    ghazhaiyp = work.text.index("«экономикалық ғажайып»\tқалыптастырған")
    assert work.outline.block_at(ghazhaiyp) is work.outline.block_at(ghazhaiyp + 30)
    # Line 1044 is fifteen paragraphs glued by tabs.
    assert sum(block.line == 1044 for block in work.outline.blocks) == 15


def test_a_list_is_one_block_with_its_lead_in(tmp_path: Path) -> None:
    text = "Абзац бар.\nМіндеттер мынадай:\n· бірінші;\n· екінші.\nКелесі абзац.\n"
    assert lists(text, tmp_path) == [["Міндеттер мынадай:", "· бірінші;", "· екінші."]]
    assert paragraphs(text, tmp_path) == ["Абзац бар.", "Келесі абзац."]


@pytest.mark.parametrize("bullet", ["· ", "• ", "- ", "– ", "1. ", "2) ", "* "])
def test_bullets(tmp_path: Path, bullet: str) -> None:
    text = f"{bullet}бірі осы\n{bullet}екіншісі\n"
    assert lists(text, tmp_path) == [[f"{bullet}бірі осы", f"{bullet}екіншісі"]]


def test_items_without_bullets_are_known_by_label_or_semicolon(tmp_path: Path) -> None:
    labelled = "Аспектілер:\nСеріктестер: Ресей.\nМүмкіндіктер: сауда.\n"
    assert [len(items) for items in lists(labelled, tmp_path)] == [3]
    ended = "Мақсаттары:\nсауданы өсіру;\nшекараны бекіту;\n· бейбітшілік.\n"
    assert [len(items) for items in lists(ended, tmp_path)] == [4]


def test_only_the_last_sentence_of_a_long_paragraph_leads_in(tmp_path: Path) -> None:
    text = "Қазақстан көп елмен сауда жасайды. " * 10 + "Олар мынадай:\n- Ресей;\n- Қытай.\n"
    assert lists(text, tmp_path) == [["Олар мынадай:", "- Ресей;", "- Қытай."]]
    assert len(paragraphs(text, tmp_path)) == 1


def test_a_single_bullet_is_no_list(tmp_path: Path) -> None:
    assert lists("Бір абзац.\n- жалғыз тармақ.\nТағы абзац.\n", tmp_path) == []


def test_lists_of_the_work(work: Work) -> None:
    found = {block.line - 1: block for block in work.outline.blocks if block.kind == "list"}
    # Lead-in lines and numbers of items, by hand from the notes on the text.
    by_hand = {6: 6, 62: 5, 73: 7, 171: 3, 256: 3, 302: 4, 307: 3, 311: 4, 316: 3, 320: 4, 325: 4}
    by_hand |= {245: 5, 708: 5, 929: 4, 998: 5}
    assert {line: len(found[line].items) - 1 for line in by_hand} == by_hand
    assert all(block.has_lead_in for block in found.values())


def inside(run: dict[str, Any], offset: int) -> bool:
    return bool(run["start"] <= offset < run["governs_to_offset"])


def test_run_in_headings_of_the_card_are_those_found_by_hand(work: Work) -> None:
    hand = {(run["start"], run["governs_to_offset"], run["label"]) for run in RUN_INS}
    card = {(run.start, run.end, run.label) for run in work.card.run_ins}
    assert len(card) == 29
    assert card <= hand


def test_run_in_headings_of_the_card_reach_as_far_as_it_says(work: Work) -> None:
    for run in work.card.run_ins:
        within = {other.label for other in work.card.run_ins if run.start <= other.start < run.end}
        governed = [
            block
            for block in work.outline.blocks
            if run.start <= block.start < run.end and block.kind != "heading"
        ]
        assert governed
        assert {block.run_in for block in governed} <= within
        assert run.label in {block.run_in for block in governed}


def test_run_in_headings_beside_the_card_are_detected(work: Work) -> None:
    card = {(run.start, run.label) for run in work.card.run_ins}
    own = 0
    for run in RUN_INS:
        if (run["start"], run["label"]) in card:
            continue
        block = work.outline.block_at(run["start"])
        if block.kind == "list":
            # A label of an item, or the lead-in itself: found with its list.
            assert block.has_lead_in
            assert any(item.start <= run["start"] < item.end for item in block.items)
        else:
            assert block.start == run["start"]
            outer = {other["label"] for other in RUN_INS if inside(other, block.start)}
            assert block.run_in in outer
            own += block.run_in == run["label"]
    assert own == 4


def test_a_label_governs_its_paragraph_and_a_subheading_those_below(tmp_path: Path) -> None:
    body = "Бұл салада екі ел көп жыл бойы бірге жұмыс істеп келеді. " * 3
    text = f"1 ТАРАУ\nЭнергетика\n{body}\n{body}\nРесей: {body}\n{body}\n"
    work = work_of(text, tmp_path)
    blocks = work.outline.blocks
    assert [block.kind for block in blocks] == ["heading", "heading", *["paragraph"] * 4]
    assert [block.run_in for block in blocks[2:]] == ["Энергетика", "Энергетика", "Ресей", None]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_subheading_stands_above_a_body_of_text(tmp_path: Path, newline: str) -> None:
    body = "Бұл салада екі ел көп жыл бойы бірге жұмыс істеп келеді. " * 3
    work = work_of(f"Салалар{newline}Энергетика{newline}{body}{newline}", tmp_path)
    assert [block.kind for block in work.outline.blocks] == ["heading", "heading", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "Күннің көзі ашылды\nЖердің беті жасылданды\nҚұстар қайтып келді\n",
        "Қазақстан Республикасының сыртқы саясаты туралы\nҚытай мен Ресей арасындағы келісім\n"
        "жасалған соң ғана күшіне енді. Бұл туралы\nҰлттық кеңес те айтқан болатын.\n",
        "Соңғы жол\n",
        "Соңғы жол",
    ],
)
def test_short_lines_above_short_lines_stay_text(tmp_path: Path, text: str) -> None:
    work = work_of(text, tmp_path)
    assert {block.kind for block in work.outline.blocks} == {"paragraph"}
    assert work.passages


def test_a_text_without_headings_is_one_section(tmp_path: Path) -> None:
    work = work_of("\n\nБірінші абзац.\n1. Тармақ емес абзац.\n\n1992 жылы болды.\n", tmp_path)
    (section,) = work.outline.sections
    assert (section.id, section.title, section.heading) == ("start", "", None)
    assert {block.section for block in work.outline.blocks} == {"start"}
    assert [block.number for block in work.outline.blocks] == [1, 2, 3]


def test_what_stands_before_the_first_heading_is_a_section(tmp_path: Path) -> None:
    work = work_of("Алғысөз осы.\nКІРІСПЕ\nМәтін.\n1 БІРІНШІ\n1.1 Бөлім.\nТағы.\n", tmp_path)
    assert [s.id for s in work.outline.sections] == ["start", "intro", "1", "1.1"]
    assert [s.title for s in work.outline.sections] == ["", "КІРІСПЕ", "БІРІНШІ", "Бөлім"]


@pytest.mark.parametrize(
    "line",
    [
        "1. Қалыптасу кезеңі (1991-2000 жж.)",
        "1.2 Екіншісі біріншісіз",
        "3 ҮШІНШІ ТАРАУ ЕКІНШІСІЗ",
        "1992 ЖЫЛ",
        "Кіріспе",
        "1.1 кіші әріптен",
        "1 ТАРАУ\tжәне мәтін",
    ],
)
def test_false_headings(tmp_path: Path, line: str) -> None:
    work = work_of(f"Мәтін.\n{line}\nМәтін.\n", tmp_path)
    assert [section.id for section in work.outline.sections] == ["start"]


def test_headings_come_once(tmp_path: Path) -> None:
    text = "КІРІСПЕ\nа.\nКІРІСПЕ\nб.\n1 ТАРАУ\nв.\n1 ТАРАУ\nг.\n"
    assert [s.id for s in work_of(text, tmp_path).outline.sections] == ["intro", "1"]
