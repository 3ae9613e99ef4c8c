"""Showing: the page in the browser and the `dayek` command.

Nobody imports this folder, so its door has no names. The page is `ui.app`; it is not imported
here because the command line must not wait for Gradio.
"""
