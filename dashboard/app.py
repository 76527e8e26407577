"""The dashboard's entry: `streamlit run dashboard/app.py`.

Every page view of every browser tab runs this file from the top, so it does as little as it can: page settings, the
menu, and the chosen page inside the guard that turns problems into sentences.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)  # Streamlit puts this file's own folder there; the packages lie one above

import streamlit as st  # noqa: E402

from core.threads import SLEEPING  # noqa: E402
from dashboard.components import navigation, problems  # noqa: E402

WORDMARK = str(Path(__file__).resolve().parent / "assets" / "wordmark.svg")
WIDTH = 1160  # pixels: as wide as tables need, narrow enough for lines that can be read


def main() -> None:
    """Draw the menu and the chosen page."""
    os.environ.update({name: value for name, value in SLEEPING.items() if name not in os.environ})
    st.set_page_config(page_title="Amontillado", page_icon="🍷", layout="wide", initial_sidebar_state="auto")
    st.logo(WORDMARK, size="large")
    page = navigation.menu()
    with st.container(width=WIDTH), problems.told():
        page.run()


if __name__ == "__main__":
    main()
