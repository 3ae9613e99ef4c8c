"""What is asked in the browser tests. The work answers all but the last."""

MEMBER = "Қазақстан БҰҰ-ға қашан мүше болды?"
MEMBER_RU = "Когда Казахстан стал членом ООН?"
MEMBER_EN = "When did Kazakhstan join the United Nations?"
SITE = "Семей полигоны қашан жабылды?"
TABLE = "1-кестеде не көрсетілген?"
FOLLOW_UP = "ал ол туралы тағы не айтылған?"
UNANSWERED = "2018 жылғы футболдан әлем чемпионатында қай құрама жеңді?"
