from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.names import named_in
from index.vocabulary import Vocabulary, skeleton
from index.words import stem, tokens
from sources import Work

TEXT = """
Қазақстанның сыртқы саясаты көпвекторлы. Сыртқы саясат қауіпсіздік пен ынтымақтастыққа негізделген.
Қауіпсіздік кеңесі, халықаралық ұйым, ұйымның тұжырымдамасы, БҰҰ. Шекарадан көлік шықты, заң
қабылданды, балама жол ашылды. The multi-vector policy.
"""
SMALL = Vocabulary([tokens(line) for line in TEXT.splitlines()], "kk")


@pytest.fixture(scope="module")
def whole(work: Work) -> Vocabulary:
    return Vocabulary([tokens(sentence.embedding_text) for sentence in work.sentences], "kk")


@pytest.mark.parametrize(
    ("careless", "meant"),
    [
        ("кай уйым", "қай ұйым"),
        ("Казакстаннын сырткы саясаты", "Қазақстанның сыртқы саясаты"),
        ("кауіпсіздик", "қауіпсіздік"),
        ("ынтымактастыкка", "ынтымақтастыққа"),
        ("БУУ", "БҰҰ"),
    ],
)
def test_missing_kazakh_letters_come_back(careless: str, meant: str) -> None:
    assert SMALL.mend(careless).text == meant


@pytest.mark.parametrize(
    ("latin", "meant"),
    [
        ("syrtqy saiasat", "сыртқы саясат"),
        ("Qazaqstannyń", "Қазақстанның"),
        ("Qazaqstannyn", "Қазақстанның"),
        ("kopvektorly", "көпвекторлы"),
        ("Qauipsizdik kenesi", "Қауіпсіздік кеңесі"),
        ("halyqaralyq uiym", "халықаралық ұйым"),
    ],
)
def test_latin_script_is_read_as_kazakh(latin: str, meant: str) -> None:
    assert SMALL.mend(latin).text == meant


def test_the_dotless_i_of_the_new_alphabet_is_read_too() -> None:
    assert SMALL.mend("syrtqy saıasat").text == "сыртқы саясат"


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("саяст", "саясат"),
        ("қауіпсізідк", "қауіпсіздік"),
        ("шекаарадан", "шекарадан"),
        ("халықарлық", "халықаралық"),
        ("ынтыматастыққа", "ынтымақтастыққа"),
    ],
)
def test_a_slip_does_not_keep_a_word_from_being_found(typo: str, meant: str) -> None:
    # After the stem it may stay: only the stem is compared.
    assert stem(tokens(SMALL.mend(typo).text)[0]) == stem(meant)


def test_a_slip_inside_the_stem_is_told_with_what_replaced_it() -> None:
    mended = SMALL.mend("Сыртқы саяст қандай?")
    assert mended.text == "Сыртқы саясат қандай?"
    assert mended.changes == (("саяст", "саясат"),)


@pytest.mark.parametrize("word", ["мықты", "жабылды", "хоккей", "Лондон", "тау"])
def test_a_correct_word_that_the_work_never_uses_is_left_alone(
    word: str, whole: Vocabulary
) -> None:
    assert SMALL.mend(word).text == word
    assert whole.mend(word).text == word


def test_words_of_the_work_and_question_words_stay_as_they_are(whole: Vocabulary) -> None:
    question = "Қазақстанның сыртқы саясаты туралы не айтылған, multi-vector дегеніміз не?"
    assert whole.mend(question).text == question
    assert whole.mend(question).changes == ()


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("Tokayev кім?", "tokayev"),
        ("Walt не дейді?", "walt"),
        ("Қазақстан UN мүшесі ме?", "un"),
        ("Евросоюз қашан құрылды?", "eu"),
    ],
)
def test_mending_keeps_the_names_of_a_question(
    question: str, concept: str, whole: Vocabulary
) -> None:
    assert concept in [one.id for one in named_in(question)]
    assert concept in [one.id for one in named_in(whole.mend(question).text)]


def test_capitals_and_punctuation_survive_mending() -> None:
    assert SMALL.mend("«Уйым» не? БУУ – 1992!").text == "«Ұйым» не? БҰҰ – 1992!"


def test_a_word_replaced_by_itself_is_no_change() -> None:
    assert SMALL.mend("балалар").text == "балалар"
    assert SMALL.mend("балалар").changes == ()


def test_a_known_word_is_known_in_other_forms() -> None:
    assert SMALL.knows("саясатымыздың")
    assert SMALL.knows("қашан")
    assert not SMALL.knows("хоккей")


def test_skeletons_let_confusable_letters_fall_together() -> None:
    assert skeleton("ұйым") == skeleton("уйым") == skeleton("uıym")
    assert skeleton("қазақстан") == skeleton("казакстан") == skeleton("qazaqstan")
    assert skeleton("шекара") == skeleton("shekara") == skeleton("şekara")
    assert skeleton("саясат") != skeleton("сауда")


def test_kazakh_in_any_script_shares_words_with_the_work_and_english_does_not() -> None:
    assert SMALL.kazakh_share("Qazaqstannyn syrtqy saiasaty") == 1.0
    assert SMALL.kazakh_share("сырткы саясат 1992") == 1.0
    assert SMALL.kazakh_share("How do I bake a chocolate cake?") < 0.3
    assert SMALL.kazakh_share("") == SMALL.kazakh_share("1992?") == 0.0


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120) | st.lists(st.sampled_from(tokens(TEXT)), max_size=8).map(" ".join))
def test_mending_never_fails_and_never_touches_what_is_no_word(text: str) -> None:
    mended = SMALL.mend(text)
    assert mended.changes or mended.text == text
    if all(SMALL.knows(word) and word in SMALL.counts for word in tokens(text)):
        assert mended.text == text


def test_a_vocabulary_of_nothing_mends_nothing() -> None:
    empty = Vocabulary([], "kk")
    assert empty.mend("саяст, хоккей").text == "саяст, хоккей"
    assert empty.kazakh_share("саяст") == 0.0
