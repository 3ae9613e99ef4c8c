"""Programs that use the page from outside; each runs by itself and is run by the tests."""
