"""`dayek receipt verify`: whether an exported JSON still says what the work says.

Reads the receipt and the file of the work, and nothing else: no model, no index, no network.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.console import UNFIT, AsJson, Home, Source, group, read_bytes, tell

if TYPE_CHECKING:
    from sources import Work
    from ui.exporting import Check, Checked, Fault, Receipt

receipt_app = group(no_args_is_help=True)

_FAULTS: dict[Fault, str] = {
    "digest": "its digest is not that of what it holds: something in it was changed",
    "sha256": "the file of the work has another sha256",
    "outside": "the text has no such characters",
    "quotation": "other words stand at this address",
    "passage": "the passage named with it does not hold it",
    "place": "the section, paragraph, table or row is another one",
    "section_title": "the section has another title",
    "line": "it stands in another line",
    "address": "the address in words is another one",
    "markers": "markers and citations do not belong together",
    "addresses": "there is not one address for each citation",
    "nearest": "a passage of its list is not in the text",
    "not_in_answer": "it does not stand in the answer",
    "not_verbatim": "it is given as words of the work, but its citations do not hold them",
    "positions": "two questions or two records share a position",
    "no_answer": "the receipt has no answer that it is about",
    "verdicts": "there is not one judgement for each statement",
    "unjudged": "it is signed, but a statement is not judged",
    "signature": "the signature lacks its name, time or digest",
    "log": "the log of its signatures tells another story",
}


@receipt_app.callback()
def _receipt() -> None:
    """Prove exported transcripts and records."""


@receipt_app.command()
def verify(
    file: Annotated[str, typer.Argument(help='An exported JSON; "-" for standard input.')],
    as_json: AsJson = False,
    source: Source = None,
    home: Home = None,
) -> None:
    """Check every quotation of an exported JSON against the work, letter by letter.

    The work is --source, else the one of the library that the receipt names. Exit status: 0 when
    all of it holds, 1 when something does not, 2 when the file cannot be read.
    """
    from sources import WorkAltered
    from ui.exporting import check_receipt, read_receipt

    read = read_receipt(read_bytes(file), file)
    try:
        work = _work(read.receipt, source, home)
    except WorkAltered as error:
        tell(f"dayek: {error}")
        raise typer.Exit(UNFIT) from error
    checked = check_receipt(read, work)
    if as_json:
        print(json.dumps(_facts(read.receipt, checked), ensure_ascii=False))
    else:
        _show(read.receipt, checked, work)
    if not checked.holds:
        raise typer.Exit(UNFIT)


def _work(receipt: Receipt, source: str | None, home: Any) -> Work:
    """The work to check against.

    Raises:
        FixableError: It is not to be found, not to be read or was altered.
    """
    from assistant import Settings
    from sources import WorkNotFound, library_works, open_work

    named = Settings.from_environment(source=source, home=home).source
    if named is None and receipt.work.id not in library_works():
        raise WorkNotFound(
            f"The receipt is about {receipt.work.id!r}, which is not in the library.",
            "Give the file of that work with --source FILE.",
        )
    return open_work(named or receipt.work.id)


def _facts(receipt: Receipt, checked: Checked) -> dict[str, Any]:
    return {
        "holds": checked.holds,
        "work": asdict(receipt.work),
        "checks": [asdict(check) for check in checked.checks],
    }


def _show(receipt: Receipt, checked: Checked, work: Work) -> None:
    from ui.plain import harmless

    for check in checked.checks:
        said = f"{_name(check, receipt)}{_about(check, work)}"
        if not check.faults:
            print(harmless(f"ok     {said}"))
        for fault in check.faults:
            print(harmless(f"WRONG  {said}: {_FAULTS[fault]}"))
    wrong = sum(bool(check.faults) for check in checked.checks)
    count = len(checked.checks)
    print(f"\n{wrong} of {count} do not hold." if wrong else f"\nAll {count} hold.")


def _name(check: Check, receipt: Receipt) -> str:
    """What was checked, as a person finds it in the document."""
    if check.kind == "receipt":
        return "digest of the receipt"
    if check.kind == "work":
        return f"work {receipt.work.id}, sha256 {receipt.work.sha256}"
    if check.kind == "place":
        return f"place {check.number}"
    answer = f"answer {_number(check.exchange, receipt)}"
    if check.kind == "answer":
        return answer
    if check.kind == "record":
        signed = f"signed by {check.signed_by}" if check.signed_by else "not signed"
        return f"{answer}, record, {signed}"
    number = f"[{check.number}]" if check.kind == "citation" else check.number
    return f"{answer}, {check.kind} {number}"


def _number(position: int | None, receipt: Receipt) -> int | str:
    """The number that the document gives to an exchange, from 1; "?" for one that it has not."""
    positions = [exchange.position for exchange in receipt.exchanges]
    return positions.index(position) + 1 if position in positions else "?"


def _about(check: Check, work: Work) -> str:
    """Where the words stand: their address and their characters; "" for what stands nowhere."""
    from assistant import address, place_of

    if check.start is None or check.end is None:
        return ""
    span = f"{check.start}:{check.end}"
    if "outside" in check.faults:
        return f" ({span})"
    return f" ({address('en', place_of(work, check.start))}, {span})"
