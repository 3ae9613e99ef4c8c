"""The parts of the page: each builds its components and wires its events."""
