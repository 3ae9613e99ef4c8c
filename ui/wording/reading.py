"""What the reader of the work says, in three languages.

`{name}` marks a place that the caller fills with `str.format`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant import Language


@dataclass(frozen=True)
class ReadingWords:
    """One language of the reader: labels, counts, and what is said when nothing is found."""

    outline: str
    tables: str
    contents_and_search: str
    find: str
    find_placeholder: str
    find_button: str
    everything_button: str
    found: str
    found_none: str
    found_first: str
    mended: str
    more: str
    close_search: str
    hit: str
    previous_hit: str
    next_hit: str
    previous_section: str
    next_section: str
    position: str
    citation: str
    previous_citation: str
    next_citation: str
    cited: str
    copy_link: str
    copy_selected: str
    copied: str
    not_copied: str
    section_text: str
    table_text: str
    row: str
    no_such_place: str
    no_such_place_text: str
    everything_title: str
    everything_none: str
    spellings: str
    by_section: str
    save_as: str
    conflicts: str
    conflicts_text: str
    conflicts_read: str
    conflicts_read_none: str
    conflicts_scanned: str
    conflicts_scanned_text: str
    conflicts_scanned_none: str
    conflicts_scanning: str


READING_WORDS: Mapping[Language, ReadingWords] = {
    "kk": ReadingWords(
        outline="Мазмұны",
        tables="Кестелер",
        contents_and_search="Мазмұн және іздеу",
        find="Мәтіннен іздеу",
        find_placeholder="сөз, есім не «дәл тіркес»",
        find_button="Табу",
        everything_button="Айтылғанның бәрін жинау",
        found="Табылған жер: {places}, сәйкестік: {matches}",
        found_none="«{words}» мәтінде кездеспейді.",
        found_first="Алғашқы {shown} жер көрсетілді.",
        mended="«{words}» мәтінде жоқ, сондықтан «{term}» ізделді.",
        more="Тағы көрсету",
        close_search="Іздеуді жабу",
        hit="Сәйкестік: {number} / {count}",
        previous_hit="Алдыңғы сәйкестік",
        next_hit="Келесі сәйкестік",
        previous_section="Алдыңғы бөлім",
        next_section="Келесі бөлім",
        position="Бөлім: {number} / {count}",
        citation="Дәйексөз: {number} / {count}",
        previous_citation="Алдыңғы дәйексөз",
        next_citation="Келесі дәйексөз",
        cited="Осы сұхбаттың жауаптарында келтірілген:",
        copy_link="Сілтемесін көшіру: {address}",
        copy_selected="Белгіленген сөздердің сілтемесін көшіру",
        copied="Сілтеме көшірілді.",
        not_copied="Сілтеме көшірілмеді, оны мекенжай жолағынан алыңыз.",
        section_text="Бөлімнің мәтіні",
        table_text="Кесте",
        row="Жол",
        no_such_place="Мұндай жер табылмады",
        no_such_place_text="«{place}» сілтемесі мәтіннің ешбір жерін көрсетпейді. Сілтеменің толық "
        "көшірілгенін тексеріңіз немесе керек бөлімді мазмұннан таңдаңыз.",
        everything_title="«{term}»: жұмыста айтылғанның бәрі",
        everything_none="Жұмыста «{words}» туралы ештеңе айтылмаған.",
        spellings="Мәтіндегі жазылуы: {spellings}.",
        by_section="Бөлімдер бойынша",
        save_as="Жүктеп алу",
        conflicts="Мәтіндегі қайшылықтар",
        conflicts_text="Мәтін бір мәселе туралы әрқалай айтатын жерлер. Олардың бәрі мәтінде "
        "қалай жазылса, солай берілген.",
        conflicts_read="Оқып шыққанда табылғаны: {count}",
        conflicts_read_none="Бұл жұмысты қайшылық іздеп әлі ешкім оқып шықпаған.",
        conflicts_scanned="Компьютер тапқаны: {count}",
        conflicts_scanned_text="Бұл — тек болжам: мәтіндегі даталар мен сандар өзара салыстырылды. "
        "Әр жерді оқып, өзіңіз бағалаңыз.",
        conflicts_scanned_none="Салыстырғанда басқа қайшылық табылмады.",
        conflicts_scanning="Бүкіл мәтіндегі даталар мен сандар салыстырылып жатыр…",
    ),
    "ru": ReadingWords(
        outline="Содержание",
        tables="Таблицы",
        contents_and_search="Содержание и поиск",
        find="Поиск по тексту",
        find_placeholder="слово, имя или «точная фраза»",
        find_button="Найти",
        everything_button="Собрать всё, что сказано",
        found="Найдено мест: {places}, совпадений: {matches}",
        found_none="В тексте не встречается: «{words}».",
        found_first="Показано первых мест: {shown}.",
        mended="«{words}» в тексте нет, поэтому искали «{term}».",
        more="Показать ещё",
        close_search="Закрыть поиск",
        hit="Совпадение: {number} / {count}",
        previous_hit="Предыдущее совпадение",
        next_hit="Следующее совпадение",
        previous_section="Предыдущий раздел",
        next_section="Следующий раздел",
        position="Раздел: {number} / {count}",
        citation="Цитата: {number} / {count}",
        previous_citation="Предыдущая цитата",
        next_citation="Следующая цитата",
        cited="Приводится в ответах этой беседы:",
        copy_link="Скопировать ссылку: {address}",
        copy_selected="Скопировать ссылку на выделенное",
        copied="Ссылка скопирована.",
        not_copied="Скопировать не удалось, возьмите ссылку из адресной строки.",
        section_text="Текст раздела",
        table_text="Таблица",
        row="Строка",
        no_such_place="Такого места нет",
        no_such_place_text="Ссылка «{place}» не указывает ни на одно место текста. Проверьте, "
        "целиком ли она скопирована, или выберите раздел в содержании.",
        everything_title="«{term}»: всё, что сказано в работе",
        everything_none="В работе ничего не сказано про «{words}».",
        spellings="Как это написано в тексте: {spellings}.",
        by_section="По разделам",
        save_as="Скачать",
        conflicts="Противоречия в тексте",
        conflicts_text="Места, где текст говорит об одном и том же по-разному. Все они приведены "
        "так, как стоят в тексте.",
        conflicts_read="Найдено при чтении: {count}",
        conflicts_read_none="Эту работу ещё никто не читал в поисках противоречий.",
        conflicts_scanned="Найдено компьютером: {count}",
        conflicts_scanned_text="Это лишь предположения: сравнивались даты и числа всего текста. "
        "Прочитайте каждое место и судите сами.",
        conflicts_scanned_none="При сравнении других противоречий не найдено.",
        conflicts_scanning="Сравниваются даты и числа всего текста…",
    ),
    "en": ReadingWords(
        outline="Contents",
        tables="Tables",
        contents_and_search="Contents and search",
        find="Find in the text",
        find_placeholder="a word, a name or an “exact phrase”",
        find_button="Find",
        everything_button="Gather every mention",
        found="Places found: {places}, matches: {matches}",
        found_none="The text never mentions “{words}”.",
        found_first="The first {shown} places are shown.",
        mended="The text does not have “{words}”, so “{term}” was searched for.",
        more="Show more",
        close_search="Close the search",
        hit="Match: {number} / {count}",
        previous_hit="Previous match",
        next_hit="Next match",
        previous_section="Previous section",
        next_section="Next section",
        position="Section: {number} / {count}",
        citation="Citation: {number} / {count}",
        previous_citation="Previous citation",
        next_citation="Next citation",
        cited="Cited in answers of this conversation:",
        copy_link="Copy the link: {address}",
        copy_selected="Copy a link to the selected words",
        copied="The link was copied.",
        not_copied="Copying failed; take the link from the address bar.",
        section_text="Text of the section",
        table_text="Table",
        row="Row",
        no_such_place="There is no such place",
        no_such_place_text="The link “{place}” points to no place in the text. Check that it was "
        "copied whole, or choose a section from the contents.",
        everything_title="“{term}”: everything the work says",
        everything_none="The work says nothing about “{words}”.",
        spellings="Spelled in the text as: {spellings}.",
        by_section="By section",
        save_as="Download",
        conflicts="Conflicts in the text",
        conflicts_text="Places where the text says different things about the same matter, each as "
        "it stands in the text.",
        conflicts_read="Found by reading: {count}",
        conflicts_read_none="Nobody has read this work looking for conflicts yet.",
        conflicts_scanned="Found by computer: {count}",
        conflicts_scanned_text="These are only hints: the dates and figures of the whole text were "
        "compared. Read both places and judge for yourself.",
        conflicts_scanned_none="The comparison found no other conflicts.",
        conflicts_scanning="Comparing the dates and figures of the whole text…",
    ),
}
