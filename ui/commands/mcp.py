"""`dayek mcp`: the work as tools of a language model, by the Model Context Protocol.

Standard output belongs to the protocol; whatever else is to be said goes to standard error.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

import typer

from ui.commands.console import Home, Source, tell


def mcp(
    http: Annotated[
        int | None,
        typer.Option(metavar="PORT", help="Serve over HTTP at a port of this machine instead."),
    ] = None,
    source: Source = None,
    home: Home = None,
) -> None:
    """Serve ask, search, read and conflicts to an MCP client, over standard input and output.

    The client starts this command itself; the index must be there (dayek index build).
    """
    from assistant import Settings, assemble
    from ui.errors import check_address

    served = _module()
    if http is not None:
        check_address(served.HTTP_HOST, http)
    server = served.open_server(assemble(Settings.from_environment(source=source, home=home)))
    with suppress(KeyboardInterrupt):  # the ordinary end
        if http is None:
            served.run_stdio(server)
        else:
            tell(
                f"Дәйек MCP: http://{served.HTTP_HOST}:{http}{served.HTTP_PATH}  (Ctrl-C stops it)"
            )
            served.run_http(server, http)


def _module() -> Any:
    """The server's module, which needs the extra.

    Raises:
        FixableError: The extra is not installed.
    """
    from assistant import FixableError

    try:
        from ui import mcp_server
    except ModuleNotFoundError as error:
        if error.name != "mcp":
            raise
        raise FixableError(
            "The MCP server needs a package that is not installed.",
            "Install it: pip install 'dayek[mcp]'",
        ) from error
    return mcp_server
