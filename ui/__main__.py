"""`python -m ui` is `dayek`, where the command itself is not installed."""

from ui.terminal import main

main()
