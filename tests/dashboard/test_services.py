"""Work is recorded under the name of whoever signed in, else of whoever runs the server."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

PAGE = "import streamlit as st\nfrom dashboard.components import services\nst.text(services.who())"


@pytest.fixture(autouse=True)
def _owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMONTILLADO_USER", "the owner")


def test_a_visitor_without_an_account_works_under_the_name_of_the_server() -> None:
    assert AppTest.from_string(PAGE).run().text[0].value == "the owner"


def test_a_visitor_who_signed_in_works_under_their_own_name() -> None:
    app = AppTest.from_string(PAGE)
    app.user = {"email": "ada@example.org", "is_logged_in": True}
    assert app.run().text[0].value == "ada@example.org"
