"""What the `dayek` command can do, one errand a file; `ui/terminal.py` puts them together.

Each file imports its helpers inside its commands: no command waits for what another one needs.
"""
