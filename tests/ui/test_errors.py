from __future__ import annotations

import socket

import pytest

import tests.offline.sitecustomize as closed
from ui.errors import AddressNotOurs, PortTaken, check_address


def test_a_free_port_is_accepted_and_left_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_address("127.0.0.1", port)
    check_address("localhost", port)


def test_a_port_where_somebody_listens_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} .* taken") as raised:
            check_address("127.0.0.1", port)
    assert "--port" in raised.value.remedy


def test_an_address_of_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(closed.ATTEMPTS, raising=False)  # looking it up is meant here
    with pytest.raises(AddressNotOurs, match=r"192\.0\.2\.1 is not an address of this machine"):
        check_address("192.0.2.1", 7860)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(AddressNotOurs, match="is not a port"):
        check_address("127.0.0.1", port)
