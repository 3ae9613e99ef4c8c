"""What the evaluation tab says, in three languages; `{name}` marks a place that is filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class EvaluationWords:
    """One language of the evaluation tab.

    Attributes:
        splits: Names of the sets of questions, by their id.
        measures: Names of the measures, by their id; what is not here is shown by its id.
    """

    title: str
    intro: str
    nothing: str
    nothing_how: str
    unreadable: str
    runs: str
    runs_hint: str
    when: str
    split: str
    system: str
    revision: str
    questions: str
    partial: str
    seconds: str
    over_time: str
    over_time_hint: str
    measure: str
    chart: str
    as_table: str
    value: str
    interval: str
    report: str
    report_hint: str
    report_none: str
    show_report: str
    hide_report: str
    report_frame: str
    compare: str
    compare_hint: str
    before: str
    after: str
    compare_button: str
    comparing: str
    same: str
    cannot: str
    compared: str
    shared: str
    dropped: str
    difference: str
    chance: str
    meaning: str
    better: str
    worse: str
    by_chance: str
    got_worse: str
    got_better: str
    question: str
    none_changed: str
    more: str
    splits: Mapping[str, str]
    measures: Mapping[str, str]


EVALUATION_WORDS: dict[Language, EvaluationWords] = {
    "kk": EvaluationWords(
        title="Сапаны бағалау",
        intro=(
            "Жауабы алдын ала белгілі сұрақтар қойылып, жауаптардың қаншалықты дұрыс шыққаны "
            "өлшенген. Әр санның астында оның 95 % сенімділік аралығы көрсетілген."
        ),
        nothing="Әзірге бірде-бір өлшеу жүргізілмеген",
        nothing_how="Алғашқы өлшеуді терминалда мына пәрменмен бастаңыз:",
        unreadable="Оқылмаған файл саны: {count}. Олар бағдарламаның басқа нұсқасымен жасалған.",
        runs="Өлшеулер тізімі",
        runs_hint="Ең жаңасы бірінші тұр.",
        when="Уақыты (UTC)",
        split="Сұрақтар жинағы",
        system="Жүйе",
        revision="Код нұсқасы",
        questions="Сұрақ саны",
        partial="жинақтың бір бөлігі",
        seconds="Бір жауаптың медианалық уақыты, секунд",
        over_time="Көрсеткіштердің өзгерісі",
        over_time_hint=(
            "Сұрақтар жинағы толық қойылған өлшеулер ғана алынды. Тік сызықтар — 95 % сенімділік "
            "аралығы."
        ),
        measure="Көрсеткіш",
        chart="«{measure}» көрсеткішінің өлшеуден өлшеуге өзгерісі",
        as_table="Осы деректер кесте түрінде",
        value="Мәні",
        interval="95 % аралығы",
        report="Соңғы есеп",
        report_hint="Әр сұрақ жауабымен және дәлелдерімен бірге көрсетілген толық есеп: {name}.",
        report_none="Есеп әлі жасалмаған. Оны терминалда мына пәрменмен жасаңыз:",
        show_report="Есепті ашу",
        hide_report="Есепті жабу",
        report_frame="Бағалау есебі (ағылшын тілінде)",
        compare="Екі өлшеуді салыстыру",
        compare_hint="Не жақсарды, не нашарлады, бұл кездейсоқтық па — әр сұрақ бойынша.",
        before="Бұрынғысы",
        after="Кейінгісі",
        compare_button="Салыстыру",
        comparing="Салыстырылып жатыр…",
        same="Екі түрлі өлшеуді таңдаңыз.",
        cannot="Салыстыру мүмкін болмады",
        compared="Салыстыру нәтижесі",
        shared="Екеуіне ортақ сұрақ: {count}.",
        dropped="Тек біреуінде бар сұрақ: {count}.",
        difference="Айырма",
        chance="p мәні",
        meaning="Қорытынды",
        better="жақсарды",
        worse="нашарлады",
        by_chance="кездейсоқ болуы мүмкін",
        got_worse="Нашарлаған сұрақтар",
        got_better="Жақсарған сұрақтар",
        question="Сұрақ",
        none_changed="Бірде-бір сұрақтың нәтижесі өзгермеді.",
        more="және тағы {count}",
        splits={"dev": "әзірлеу", "test": "сынақ", "all": "барлығы"},
        measures={
            "hit_1": "Дұрыс үзінді бірінші орында",
            "hit_5": "Дұрыс үзінді алғашқы бестікте",
            "mrr_10": "Дұрыс үзіндінің орташа кері орны (MRR@10)",
            "citation_recall": "Дәлелдердің дәйексөзбен көрсетілген үлесі",
            "citation_precision": "Орынды дәйексөздердің үлесі",
            "key_facts_in_answer": "Негізгі деректердің жауапта айтылған үлесі",
            "hallucination": "Мәтінде жауабы жоқ сұраққа жауап беру (аз болғаны жақсы)",
            "over_refusal": "Мәтінде жауабы бар сұраққа жауап бермеу (аз болғаны жақсы)",
        },
    ),
    "ru": EvaluationWords(
        title="Оценка качества",
        intro=(
            "Были заданы вопросы, ответы на которые известны заранее, и измерено, насколько верны "
            "ответы программы. Под каждым числом — его 95-процентный доверительный интервал."
        ),
        nothing="Ещё ничего не измерено",
        nothing_how="Первое измерение запускается в терминале командой:",
        unreadable="Не прочитано файлов: {count}. Они сделаны другой версией программы.",
        runs="Список измерений",
        runs_hint="Самое новое стоит первым.",
        when="Время (UTC)",
        split="Набор вопросов",
        system="Система",
        revision="Версия кода",
        questions="Вопросов",
        partial="часть набора",
        seconds="Медианное время ответа, секунд",
        over_time="Как менялись показатели",
        over_time_hint=(
            "Взяты только измерения на полном наборе вопросов. Вертикальные отрезки — "
            "95-процентный доверительный интервал."
        ),
        measure="Показатель",
        chart="Показатель «{measure}» от измерения к измерению",
        as_table="Те же данные таблицей",
        value="Значение",
        interval="95-процентный интервал",
        report="Последний отчёт",
        report_hint="Полный отчёт, где каждый вопрос показан с ответом и доказательствами: {name}.",
        report_none="Отчёта пока нет. Его можно создать в терминале командой:",
        show_report="Открыть отчёт",
        hide_report="Закрыть отчёт",
        report_frame="Отчёт об оценке (на английском)",
        compare="Сравнить два измерения",
        compare_hint="Что стало лучше, что хуже и не случайность ли это — вопрос за вопросом.",
        before="Было",
        after="Стало",
        compare_button="Сравнить",
        comparing="Идёт сравнение…",
        same="Выберите два разных измерения.",
        cannot="Сравнить не удалось",
        compared="Результат сравнения",
        shared="Общих вопросов: {count}.",
        dropped="Вопросов, которые есть только в одном: {count}.",
        difference="Разница",
        chance="Значение p",
        meaning="Вывод",
        better="стало лучше",
        worse="стало хуже",
        by_chance="не отличить от случайности",
        got_worse="Вопросы, где стало хуже",
        got_better="Вопросы, где стало лучше",
        question="Вопрос",
        none_changed="Ни у одного вопроса результат не изменился.",
        more="и ещё {count}",
        splits={"dev": "для разработки", "test": "контрольный", "all": "все вопросы"},
        measures={
            "hit_1": "Нужный фрагмент на первом месте",
            "hit_5": "Нужный фрагмент среди первых пяти",
            "mrr_10": "Средний обратный ранг нужного фрагмента (MRR@10)",
            "citation_recall": "Доля доказательств, показанных цитатами",
            "citation_precision": "Доля цитат по существу",
            "key_facts_in_answer": "Доля ключевых фактов в самом ответе",
            "hallucination": "Ответ там, где в тексте ответа нет (меньше — лучше)",
            "over_refusal": "Отказ там, где в тексте ответ есть (меньше — лучше)",
        },
    ),
    "en": EvaluationWords(
        title="Evaluation",
        intro=(
            "Questions whose answers are known beforehand were asked, and how well they were "
            "answered was measured. Below each figure stands its 95% confidence interval."
        ),
        nothing="Nothing has been measured yet",
        nothing_how="Start the first run in a terminal:",
        unreadable="Files not read: {count}. Another version of the program made them.",
        runs="Runs",
        runs_hint="The newest comes first.",
        when="Time (UTC)",
        split="Question set",
        system="System",
        revision="Code version",
        questions="Number of questions",
        partial="part of the set",
        seconds="Median seconds per answer",
        over_time="Figures over time",
        over_time_hint=(
            "Only runs on a whole set of questions are shown. Vertical lines are 95% confidence "
            "intervals."
        ),
        measure="Measure",
        chart="“{measure}” from run to run",
        as_table="The same data as a table",
        value="Value",
        interval="95% interval",
        report="Newest report",
        report_hint="The full report, each question with its answer and evidence: {name}.",
        report_none="No report has been made. Make one in a terminal:",
        show_report="Open the report",
        hide_report="Close the report",
        report_frame="Report of the evaluation",
        compare="Compare two runs",
        compare_hint="What got better, what got worse, and whether it is chance, one by one.",
        before="Before",
        after="After",
        compare_button="Compare",
        comparing="Comparing…",
        same="Choose two different runs.",
        cannot="The runs could not be compared",
        compared="Comparison",
        shared="Questions in common: {count}.",
        dropped="Questions that only one of them has: {count}.",
        difference="Difference",
        chance="p-value",
        meaning="Conclusion",
        better="better",
        worse="worse",
        by_chance="could be chance",
        got_worse="Questions that got worse",
        got_better="Questions that got better",
        question="Question",
        none_changed="No question changed its result.",
        more="and {count} more",
        splits={"dev": "development", "test": "test", "all": "all"},
        measures={
            "hit_1": "Right passage first",
            "hit_5": "Right passage among the first five",
            "mrr_10": "Mean reciprocal rank of the right passage (MRR@10)",
            "citation_recall": "Share of the evidence that citations show",
            "citation_precision": "Share of citations to the point",
            "key_facts_in_answer": "Share of key facts in the answer itself",
            "hallucination": "An answer where the text has none (lower is better)",
            "over_refusal": "Silence where the text has an answer (lower is better)",
        },
    ),
}
