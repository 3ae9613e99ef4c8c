"""The pages outside the page: signing in and out, and waiting for the start. They need no script.

Colours and faces are the page's own: its style sheet says them, and here they are taken from it,
dark ones where the reader's system is dark.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from assistant import Language
from ui.wording import DEFAULT_LANGUAGE, LANGUAGES, WORDS
from ui.wording.serving import SERVING_WORDS

_ASSETS = Path(__file__).parent.parent / "assets"


def style() -> str:
    """The style sheet of these pages."""
    page = (_ASSETS / "page.css").read_text(encoding="utf-8")
    light, dark = (_colours(page, block) for block in (":root", "body.dark"))
    own = (_ASSETS / "login.css").read_text(encoding="utf-8")
    return (
        f"body.login {{{light}}}\n"
        f"@media (prefers-color-scheme: dark) {{ body.login {{{dark}}} }}\n{own}"
    )


def login_markup(
    language: Language, following: str = "", name: str = "", fault: str = "", notice: str = ""
) -> str:
    """The form for signing in.

    Args:
        language: Of the page.
        following: Query of the page that was asked for, "" or beginning with "?"; kept in the form.
        name: What was typed before; "" the first time.
        fault: What went wrong, or "".
        notice: What is told otherwise, or "".
    """
    words = SERVING_WORDS[language]
    alert = f'<p role="alert">{escape(fault)}</p>' if fault else ""
    status = f'<p role="status">{escape(notice)}</p>' if notice else ""
    focus = ("", " autofocus") if name else (" autofocus", "")
    body = f"""{_languages(language, following)}
<h1>{WORDS[language].name}</h1>
<h2>{words.sign_in}</h2>
{alert}{status}
<form method="post" action="login">
<input type="hidden" name="lang" value="{language}">
<input type="hidden" name="next" value="{escape(following)}">
<label for="username">{words.name}</label>
<input id="username" name="username" value="{escape(name)}" required maxlength="64"
 autocomplete="username" autocapitalize="none" spellcheck="false"{focus[0]}>
<label for="password">{words.password}</label>
<input id="password" name="password" type="password" required maxlength="512"
 autocomplete="current-password"{focus[1]}>
<button>{words.enter}</button>
</form>"""
    return _page(language, words.sign_in, body)


def logout_markup(language: Language) -> str:
    """Asks whether to sign out: a link alone must not do it."""
    words = SERVING_WORDS[language]
    body = f"""<h1>{WORDS[language].name}</h1>
<h2>{words.sign_out_question}</h2>
<form method="post" action="logout">
<input type="hidden" name="lang" value="{language}">
<button>{words.sign_out}</button>
</form>
<p><a href="./">{words.stay}</a></p>"""
    return _page(language, words.sign_out, body)


def starting_markup(retry: int) -> str:
    """Tells in all languages that the page is on its way; looks again after `retry` seconds."""
    told = "\n".join(
        f'<section lang="{code}"><h2>{words.starting}</h2><p>{words.starting_text}</p></section>'
        for code, words in SERVING_WORDS.items()
    )
    body = f"<h1>{WORDS[DEFAULT_LANGUAGE].name}</h1>\n{told}"
    title = SERVING_WORDS[DEFAULT_LANGUAGE].starting
    # Nothing else can be fetched yet, so the style stands inside.
    head = f'<meta http-equiv="refresh" content="{retry}">\n<style>{style()}</style>'
    return _page(DEFAULT_LANGUAGE, title, body, head)


_STYLED = """<link rel="icon" href="favicon.ico" type="image/svg+xml">
<link rel="stylesheet" href="login.css">"""


def _page(language: Language, title: str, body: str, head: str = _STYLED) -> str:
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)} — {WORDS[language].name}</title>
{head}
</head>
<body class="login">
<main>
{body}
</main>
</body>
</html>
"""


def _languages(shown: Language, following: str) -> str:
    links = []
    for name, code in LANGUAGES:
        query = {"lang": code} | ({"next": following} if following else {})
        here = ' aria-current="true"' if code == shown else ""
        links.append(f'<a lang="{code}" href="login?{escape(urlencode(query))}"{here}>{name}</a>')
    return f'<nav aria-label="{WORDS[shown].language_label}">{"".join(links)}</nav>'


def _colours(page: str, block: str) -> str:
    found = re.search(rf"^{re.escape(block)} {{(.*?)^}}", page, re.MULTILINE | re.DOTALL)
    assert found is not None, f"page.css has lost its colours in {block}"
    return found[1]
