from __future__ import annotations

import pytest

from assistant.values import Value, differ, last_year, values_in


def only(text: str) -> Value:
    (value,) = values_in(text)
    return value


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("Ел 1992 жылдың 5-ші наурызында мүше болды.", "date", "1992-03-05"),
        ("Ел 1992 жылы қаңтарда мүше болды.", "date", "1992-01"),
        ("Саммит 2010 жылғы 1–2 желтоқсанда өтті.", "date", "2010-12-01"),
        ("2020ж, 6 наурызда таныстырды.", "date", "2020-03-06"),
        ("Это было 5 марта 1992 года.", "date", "1992-03-05"),
        ("It was signed on March 5, 1992.", "date", "1992-03-05"),
        ("Ел 1994 жылы қосылды.", "date", "1994"),
        ("1990-жылдардың соңында бекітілді.", "date", "1990s, end"),
        ("2000 жылдары келісімге қол қойды.", "date", "2000s"),
        ("Ел 1994 жылдан бері мүше.", "date", "since 1994"),
        ("2011 жылға дейін сатып алынды.", "date", "until 2011"),
        ("1999 жылы ол билікке келгеннен кейін өзгерді.", "date", "since 1999"),
        ("Кезең (1991-2000 жж.) ұзақ болды.", "range", "1991/2000"),
        ("2013 жылдан 2020 жылға дейін құйылды.", "range", "2013/2020"),
        (
            "2017 жылғы 1 қаңтардан бастап 2018 жылғы 31 желтоқсанға дейінгі мерзім.",
            "range",
            "2017/2018",
        ),
        ("Шекара 1,7 мың шақырымдай.", "length", "1 700 km"),
        ("Шекара 1 782 шақырымға созылған.", "length", "1 782 km"),
        ("Үлесі 4,7%-ға жетті.", "percent", "4.7 %"),
        ("Сауда 24 миллиард АҚШ долларына жетті.", "money", "24 000 000 000 доллар"),
        ("Ұйымда 26 мүше мемлекет бар.", "count", "26"),
    ],
)
def test_a_value_is_read_wherever_it_stands(text: str, kind: str, normal: str) -> None:
    value = only(text)
    assert (value.kind, value.normal) == (kind, normal)
    assert text[value.start : value.end].strip() == text[value.start : value.end] != ""


@pytest.mark.parametrize(
    "text",
    ["C5+1 форматы", "ЭКСПО-2017 көрмесі", "Қазақстан-2050 стратегиясы", "74-сессияда сөйледі", ""],
)
def test_numbers_inside_names_and_ordinals_are_no_values(text: str) -> None:
    assert values_in(text) == ()


def test_a_year_told_by_the_one_before_is_worked_out() -> None:
    first = values_in("2011 жылы бастама ұсынылды.")
    assert last_year(first) == 2011
    assert [one.normal for one in values_in("Келесі жылы жария болды.", 2011)] == ["2012"]
    assert values_in("Келесі жылы жария болды.") == ()
    assert [one.normal for one in values_in("1992 жылы кірді, сол жылы қосылды.")] == [
        "1992",
        "1992",
    ]


def test_years_of_a_document_and_of_a_list_date_nothing() -> None:
    assert only("2014–2020 жылдарға арналған тұжырымдама.").aside
    assert all(one.aside for one in values_in("2002, 2006 және 2010 жылдары өтті."))
    assert not only("2018-2019 жылдары мүше болды.").aside


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1992 жылы", "1992 жылдың 5-ші наурызында"),
        ("1994 жылдан бері", "1995 жылы"),
        ("1990-жылдары", "1995 жылы"),
        ("1991-1995 жж.", "1992-1993 жж."),
        ("1,7 мың шақырым", "1700 шақырым"),
        ("1700 km", "1,7 мың шақырым"),
        ("26 мемлекет", "27 адам"),
        ("5 %", "1995 жылы"),
    ],
)
def test_what_may_both_hold_does_not_differ(one: str, other: str) -> None:
    assert not differ(only(one), only(other))
    assert not differ(only(other), only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1992 жылы қаңтарда", "1992 жылдың 5-ші наурызында"),
        ("1994 жылдан бері", "1992 жылы"),
        ("1990-жылдардың соңында", "1995 жылы"),
        ("2010-2020 жж.", "2011-2020 жж."),
        ("2017-2018 жж.", "2018-2019 жж."),
        ("1,7 мың шақырым", "1 782 шақырым"),
        ("26 мемлекет", "27 мемлекетті"),
    ],
)
def test_what_cannot_both_hold_differs(one: str, other: str) -> None:
    assert differ(only(one), only(other))
    assert differ(only(other), only(one))
