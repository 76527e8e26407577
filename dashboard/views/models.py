"""Models: all of them, one version at `/models?model=NAME&version=3`, or two side by side at `?compare=A&with=B`."""

from __future__ import annotations

import streamlit as st

from dashboard.components import comparison, model_import, model_list, model_page, url, way_back


def page() -> None:
    """Draw what the address asks for."""
    name, compared = url.asked("model"), url.asked("compare")
    if compared:
        way_back.button("All models", "model", "version", "compare", "with")
        comparison.show(compared, url.asked("with"))
    elif name:
        way_back.button("All models", "model", "version", "compare", "with")
        model_page.show(name, url.asked_version())
    else:
        st.title("Models", anchor=False)
        model_list.show()
        model_import.show()


if __name__ == "__main__":
    page()
