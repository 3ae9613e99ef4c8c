"""An examiner checks an answer statement by statement, signs, and hands the record on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from assistant import Assistant
from tests.browser.axe import hindrances
from tests.browser.conftest import Visit
from tests.browser.questions import MEMBER, UNANSWERED
from tests.browser.visitor import PATIENCE, Visitor
from tests.conftest import Dayek
from ui.wording import DESK_WORDS, TALK_WORDS

KK = DESK_WORDS["kk"]
NAME = "Айгүл Сәрсенова"


def desk(visitor: Visitor) -> Locator:
    return visitor.page.locator("#desk-sheet")


def statements(visitor: Visitor) -> Locator:
    return desk(visitor).locator(".statement")


def come_to_the_desk(visitor: Visitor) -> None:
    visitor.ask(MEMBER)
    visitor.reply.get_by_role("button", name=TALK_WORDS["kk"].check).click()
    expect(statements(visitor).first).to_be_visible(timeout=PATIENCE)


def judge_all(visitor: Visitor) -> None:
    count = statements(visitor).count()
    for number in range(count):
        statements(visitor).nth(number).locator(".judge.supported").click()
        progress = KK.progress.format(done=number + 1, count=count)
        expect(desk(visitor).locator(".progress")).to_contain_text(progress)


def download(visitor: Visitor, form: str) -> bytes:
    with visitor.page.expect_download() as waiting:
        desk(visitor).locator(f".export[data-format={form}]").click()
    return Path(waiting.value.path()).read_bytes()


def test_an_answer_is_judged_signed_and_handed_on(
    visit: Visit, assistant: Assistant, dayek: Dayek, tmp_path: Path
) -> None:
    visitor = visit()
    answer = assistant.ask(MEMBER)
    come_to_the_desk(visitor)
    expect(statements(visitor)).to_have_count(len(answer.statements))
    for statement, shown in zip(answer.statements, statements(visitor).all(), strict=True):
        quotes = [answer.citations[marker - 1].quote for marker in statement.markers]
        assert [mark.text_content() for mark in shown.locator("mark").all()] == quotes
    sign = desk(visitor).locator("form.sign button")
    expect(sign).to_be_disabled()
    judge_all(visitor)
    remark = statements(visitor).first.locator("input.remark")
    remark.fill("Күні <дәл>")
    remark.press("Tab")
    expect(remark).to_have_value("Күні <дәл>")
    desk(visitor).locator("form.sign input[name=name]").fill(NAME)
    expect(sign).to_be_enabled()
    sign.click()
    expect(desk(visitor).locator(".signed")).to_contain_text(NAME)
    expect(desk(visitor).locator(".judge")).to_have_count(0)
    visitor.shoot("kk-desk-signed")
    receipt = download(visitor, "json")
    file = tmp_path / "record.json"
    file.write_bytes(receipt)
    verified = dayek("receipt", "verify", str(file))
    assert verified.returncode == 0, verified.stdout.decode() + verified.stderr.decode()
    changed = tmp_path / "changed.json"
    changed.write_bytes(receipt.replace(b"1992", b"1993"))
    assert dayek("receipt", "verify", str(changed)).returncode == 1
    quote = " ".join(answer.citations[0].quote.split())
    assert quote in " ".join(download(visitor, "md").decode().replace("\\", "").split())
    with zipfile.ZipFile(io.BytesIO(download(visitor, "docx"))) as document:
        assert NAME in document.read("word/document.xml").decode()
    pages = PdfReader(io.BytesIO(download(visitor, "pdf"))).pages
    printed = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert NAME in printed
    assert quote in printed


def test_a_record_is_found_again_and_its_signature_taken_back(visit: Visit) -> None:
    visitor = visit()
    come_to_the_desk(visitor)
    judge_all(visitor)
    desk(visitor).locator("form.sign input[name=name]").fill(NAME)
    desk(visitor).locator("form.sign button").click()
    expect(desk(visitor).locator(".signed")).to_be_visible()
    visitor.come_again()
    visitor.page.locator("#shelf .open").click()
    expect(visitor.replies).to_have_count(1)
    visitor.reply.get_by_role("button", name=TALK_WORDS["kk"].check).click()
    signed = desk(visitor).locator(".signed")
    expect(signed).to_contain_text(NAME, timeout=PATIENCE)
    signed.locator("summary").click()
    signed.locator("input[name=name]").fill(NAME)
    signed.locator("input[name=reason]").fill("Қайта қараймын")
    signed.locator("button[type=submit]").click()
    expect(statements(visitor).first.locator(".judge.supported")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(desk(visitor).locator(".history")).to_contain_text("Қайта қараймын")


def test_the_keys_of_the_desk(visit: Visit) -> None:
    visitor = visit()
    come_to_the_desk(visitor)
    statements(visitor).first.focus()
    visitor.page.keyboard.press("2")
    pressed = statements(visitor).first.locator(".judge.partly")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(statements(visitor).first).to_be_focused()
    visitor.page.keyboard.press("j")
    expect(statements(visitor).nth(1)).to_be_focused()
    visitor.page.keyboard.press("3")
    expect(statements(visitor).nth(1).locator(".judge.unsupported")).to_have_attribute(
        "aria-pressed", "true"
    )
    visitor.page.keyboard.press("k")
    expect(statements(visitor).first).to_be_focused()
    visitor.page.keyboard.press("2")
    expect(pressed).to_have_attribute("aria-pressed", "false")


def test_a_silence_can_be_looked_into(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(UNANSWERED)
    visitor.page.locator("#desk-tab-button").click()
    desk(visitor).locator(".choose").click()
    expect(desk(visitor).locator(".note")).to_have_text(KK.silence)
    expect(desk(visitor).locator("mark")).to_have_count(3)


def test_an_empty_desk_says_what_to_do(visit: Visit) -> None:
    visitor = visit()
    visitor.page.locator("#desk-tab-button").click()
    expect(desk(visitor)).to_contain_text(KK.how)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_of_the_page_can_be_used_with_assistive_technology(
    visit: Visit, language: str, scheme: str
) -> None:
    visitor = visit(color_scheme=scheme)
    visitor.switch_to(language)
    assert hindrances(visitor.page) == []
    visitor.ask(UNANSWERED)
    visitor.ask(MEMBER)
    visitor.open_marker()
    expect(visitor.page.locator("#offers .offer").first).to_be_visible(timeout=PATIENCE)
    assert hindrances(visitor.page) == []
    visitor.reply.locator("button.act[name=check]").click()
    expect(statements(visitor).first).to_be_visible(timeout=PATIENCE)
    statements(visitor).first.locator(".judge.supported").click()
    expect(desk(visitor).locator(".progress")).to_contain_text("1")
    words = DESK_WORDS[language]  # type: ignore[index]
    expect(desk(visitor).locator(".desk-list h2")).to_have_text(words.questions)
    assert hindrances(visitor.page) == []
    visitor.shoot(f"{language}-{scheme}-desk")


def test_the_desk_fits_a_phone(visit: Visit) -> None:
    visitor = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    come_to_the_desk(visitor)
    assert visitor.overflow() <= 0
    visitor.shoot("kk-phone-desk")
