"""Serving the page to others: the address, the door, who may come in, and what no reply lacks.

Gradio is not named here: `ui/server.py` puts the page itself behind this door.
"""
