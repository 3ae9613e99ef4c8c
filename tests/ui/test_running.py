from __future__ import annotations

from ui.running import Runs


def test_a_run_is_stopped_by_its_own_page_only() -> None:
    runs = Runs()
    with runs.begin("one") as one, runs.begin("other") as other:
        runs.stop("one")
        assert one.is_set()
        assert not other.is_set()
        assert runs.is_busy("one")
        assert len(runs) == 2
    assert len(runs) == 0
    assert not runs.is_busy("one")


def test_stopping_where_nothing_runs_does_nothing() -> None:
    runs = Runs()
    runs.stop("nobody")
    with runs.begin("nobody") as flag:
        assert not flag.is_set()


def test_a_second_run_of_a_page_stops_the_first_and_outlives_its_end() -> None:
    runs = Runs()
    first = runs.begin("one")
    flag = first.__enter__()
    with runs.begin("one") as second:
        assert flag.is_set()
        first.__exit__(None, None, None)
        assert runs.is_busy("one")
        runs.stop("one")
        assert second.is_set()
