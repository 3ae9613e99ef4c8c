"""Starts the page with the command that follows, visits it, stops it; prints what it saw.

Runs inside the sealed network, where nobody outside could visit. Prints one JSON object:
{"status": HTTP status, "title": whether the page names the product, "exit": exit status}.

    python tests/offline/visit.py PORT COMMAND [ARGUMENT ...]
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

START_LIMIT = 240.0  # seconds; the first import of the page's libraries may come from a cold disk


def visit(port: int, server: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Status and text of the page, once it answers.

    Raises:
        RuntimeError: The server ended, or did not answer in time.
    """
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                return page.status, page.read().decode("utf-8")
        except urllib.error.URLError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer within {START_LIMIT:.0f} s")


def main() -> None:
    """Start, visit, stop, report."""
    port = int(sys.argv[1])
    server = subprocess.Popen(sys.argv[2:], stdout=sys.stderr)
    try:
        status, text = visit(port, server)
    finally:
        server.send_signal(signal.SIGINT)
        try:
            ended = server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()
            ended = server.wait()
    print(json.dumps({"status": status, "title": "Дәйек" in text, "exit": ended}))


if __name__ == "__main__":
    main()
