"""Classify page."""

from __future__ import annotations

import streamlit as st


def page() -> None:
    """Draw the page."""
    st.title("Classify")


if __name__ == "__main__":
    page()
