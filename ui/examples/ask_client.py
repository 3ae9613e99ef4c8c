"""Ask a served page from another program, and print the answer with what it rests on.

    dayek serve &
    python -m ui.examples.ask_client "ШЫҰ қашан құрылды?" --url http://127.0.0.1:7860

Needs `gradio_client` alone, which comes with Gradio; everything else stays with the server. A page
that asks for a password takes `--user NAME:PASSWORD`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

# Otherwise the client's library asks a host on the internet who is calling.
os.environ["HF_HUB_OFFLINE"] = "1"

from gradio_client import Client
from gradio_client.exceptions import AppError

__all__ = ["AppError", "Client", "connect", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print, and give the exit status: 0 answered, 1 the work is silent, 2 refused."""
    told = _parser().parse_args(arguments)
    client = connect(told.url, told.user)
    try:
        answer = client.predict(question=told.question, api_name="/ask")
    except AppError as error:  # the server says what to mend
        sys.stderr.write(f"{error}\n")
        return 2
    lines = [answer["answer"]]
    for citation in answer["citations"]:
        place = f"{citation['start']}-{citation['end']}"
        read = client.predict(place=place, language=answer["language"], api_name="/read")
        (piece, *_) = read["pieces"]
        lines += ["", f"[{citation['marker']}] {piece['address']} ({place})", citation["quote"]]
    lines += ["", f"sha256 {answer['work']['sha256']}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if answer["status"] == "answered" else 1


def connect(url: str, user: str | None = None) -> Client:
    """The page at an address; `user` is "NAME:PASSWORD" where it has accounts."""
    who = tuple(user.split(":", 1)) if user else None
    return Client(url, auth=who, verbose=False, analytics_enabled=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Ask a page that dayek serve has started.")
    parser.add_argument("question", help="in Kazakh, Russian or English")
    parser.add_argument("--url", default="http://127.0.0.1:7860", help="where the page is served")
    parser.add_argument("--user", metavar="NAME:PASSWORD", help="for a page with accounts")
    return parser


if __name__ == "__main__":
    sys.exit(main())
