"""The work as pages to read: outline, sections, tables, what was found; pure markup, no events."""
