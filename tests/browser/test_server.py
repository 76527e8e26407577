"""Who may talk to the server: pages under its own names only, whatever a foreign page or a bent name server says."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

SWITCHING, FORBIDDEN = 101, 403


def handshake(url: str, host: str, origin: str) -> int:
    """The status of a WebSocket handshake that names `host` and `origin`."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    for name, value in {
        "Host": host,
        "Origin": origin,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_its_own_names_are_answered(name: str, server) -> None:
    host = f"{name}:{urlsplit(server.url).port}"
    assert handshake(server.url, host, f"http://{host}") == SWITCHING


def test_a_foreign_name_for_this_machine_is_refused(server) -> None:
    host = f"evil.example:{urlsplit(server.url).port}"
    assert handshake(server.url, host, f"http://{host}") == FORBIDDEN


def test_a_foreign_page_is_refused(server) -> None:
    host = f"localhost:{urlsplit(server.url).port}"
    assert handshake(server.url, host, "http://evil.example") == FORBIDDEN
