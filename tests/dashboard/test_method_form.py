"""Config in, form, config out: whatever a method declares can be filled in, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pytest
from streamlit.testing.v1 import AppTest

from core.training.contract import Config, option
from core.training.methods import METHODS
from dashboard.components import method_form


@dataclass(frozen=True)
class EveryKind(Config):
    """One parameter of every kind."""

    rate: float = option(1e-4, title="Rate", help="How fast.", minimum=1e-7, maximum=1.0)
    epochs: int = option(3, title="Epochs", help="How long.", minimum=1, maximum=10)
    pooling: str = option("mean", title="Pooling", help="How.", choices=("mean", "cls"))
    weigh: bool = option(False, title="Weigh", help="Whether.", advanced=True)
    limit: float | None = option(None, title="Limit", help="Where.", minimum=0.0, advanced=True)
    note: str = option("", title="Note", help="What.", advanced=True)


def form(name: str) -> AppTest:
    """A page with nothing but the form of the config that the module `name` holds."""

    def script(name: str) -> None:
        import streamlit as st

        from dashboard.components import method_form

        config = st.session_state["config"] if name == "own" else None
        if config is None:
            from core.training.methods import METHODS

            config = METHODS[name].config
        st.session_state["values"] = method_form.parameters(config, "form")

    app = AppTest.from_function(script, args=(name,))
    app.session_state["config"] = EveryKind
    return app


def test_untouched_it_gives_the_defaults() -> None:
    app = form("own").run()
    assert not app.exception
    assert app.session_state["values"] == EveryKind().to_json()
    assert method_form.changed(EveryKind, app.session_state["values"]) == {}


def test_what_is_filled_in_comes_out() -> None:
    app = form("own").run()
    app.number_input(key="form-rate").set_value(3e-5)
    app.number_input(key="form-epochs").set_value(5)
    app.selectbox(key="form-pooling").set_value("cls")
    app.checkbox(key="form-weigh").check()
    app.number_input(key="form-limit").set_value(0.5)
    app.run()
    values = app.session_state["values"]
    assert values == {"rate": 3e-5, "epochs": 5, "pooling": "cls", "weigh": True, "limit": 0.5, "note": ""}
    assert EveryKind.from_json(values).to_json() == values
    assert isinstance(values["epochs"], int)


def test_limits_of_the_declaration_are_those_of_the_widget() -> None:
    app = form("own").run()
    assert (app.number_input(key="form-epochs").min, app.number_input(key="form-epochs").max) == (1, 10)
    assert app.number_input(key="form-rate").step == 1e-5


@pytest.mark.parametrize("name", METHODS)
def test_every_method_can_be_filled_in(name: str) -> None:
    app = form(name).run()
    assert not app.exception
    config = METHODS[name].config
    assert set(app.session_state["values"]) == {item.name for item in fields(config)}
    assert config.from_json(app.session_state["values"]) == config()
