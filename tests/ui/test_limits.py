"""How often a visitor may ask, on a clock of our own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.limits import VISITORS_AN_ADDRESS, Limits, Window, network_of

STEPS = st.lists(st.tuples(st.sampled_from("аәб"), st.floats(0, 30)), max_size=60)


class Watch:
    """A clock that stands until somebody moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_in_a_row_and_then_a_wait_until_the_first_is_old() -> None:
    watch = Watch()
    window = Window(3, 60, clock=watch)
    for _ in range(3):
        assert window.take("бір") == 0.0
        watch.now += 10
    assert window.take("бір") == 30.0
    assert window.take("екі") == 0.0
    watch.now += 30
    assert window.take("бір") == 0.0
    assert window.take("бір") == 10.0


@given(steps=STEPS, count=st.integers(1, 4))
def test_no_stretch_of_time_ever_holds_more_and_whoever_waits_gets_in(
    steps: list[tuple[str, float]], count: int
) -> None:
    watch = Watch()
    window = Window(count, 60, clock=watch)
    taken: dict[str, list[float]] = {}
    for key, pause in steps:
        watch.now += pause
        wait = window.take(key)
        if wait:
            assert 0 < wait <= 60 + 1e-9
            assert window.wait(key) == wait
            watch.now += wait + 1e-6
            assert window.take(key) == 0.0
        taken.setdefault(key, []).append(watch.now)
    for times in taken.values():
        for first, last in zip(times, times[count:], strict=False):
            assert last - first > 60 - 1e-9


def test_a_turn_given_back_was_never_taken() -> None:
    window = Window(1, 60, clock=Watch())
    window.take("бір")
    window.give_back("бір")
    window.give_back("ешкім")
    assert window.take("бір") == 0.0
    window.forget("бір")
    assert window.take("бір") == 0.0


def test_what_is_remembered_has_a_bound_and_the_quiet_are_forgotten() -> None:
    watch = Watch()
    window = Window(1, 60, keys=100, clock=watch)
    for number in range(5000):
        window.take(str(number))
    assert len(window) == 100
    assert window.take("4999") > 0
    watch.now += 61
    window.take("жаңа")
    assert len(window) == 1


def test_a_visitor_waits_and_another_does_not() -> None:
    limits = Limits(2, clock=Watch())
    assert [limits.wait("guest:a", "192.0.2.1") for _ in range(2)] == [0.0, 0.0]
    assert limits.wait("guest:a", "192.0.2.1") == 60.0
    assert limits.wait("guest:b", "192.0.2.1") == 0.0
    assert limits.wait("user:Айгүл") == 0.0


def test_throwing_the_token_away_does_not_help() -> None:
    limits = Limits(2, clock=Watch())
    asked = [limits.wait(f"guest:{number}", "192.0.2.1") for number in range(100)]
    assert asked.count(0.0) == 2 * VISITORS_AN_ADDRESS
    assert limits.wait("", "192.0.2.1") > 0
    assert limits.wait("guest:new", "192.0.2.2") == 0.0


def test_no_limit_is_none() -> None:
    limits = Limits(0, clock=Watch())
    assert {limits.wait("guest:a", "192.0.2.1") for _ in range(1000)} == {0.0}


def test_one_customer_is_one_address() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("192.0.2.1") != network_of("192.0.2.2")
    assert network_of("fe80::1%eth0") == "fe80::/64"
    assert network_of("unix") == "unix"
