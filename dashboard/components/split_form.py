"""How rows are put into train, validation and test where the file does not say."""

from __future__ import annotations

import streamlit as st


def choose(key: str, *, test_file: bool) -> tuple[float, float, int]:
    """Draw and return (validation share, test share, seed); a second file takes the place of the test share."""
    told = _share(f"{key}-validation"), 0.0 if test_file else _share(f"{key}-test")
    with st.expander(title(*told, test_file=test_file), icon=":material/call_split:", key=f"{key}-splits"):
        left, middle, right = st.columns(3)
        validation = _slider(left, "For validation, %", f"{key}-validation")
        test = 0.0 if test_file else _slider(middle, "For testing, %", f"{key}-test")
        seed = right.number_input("Seed", min_value=0, max_value=2**31, value=42, step=1, key=f"{key}-seed")
        st.caption("Every label keeps its share in every split, and the same text never stands in two of them.")
    return validation, test, int(seed)


def title(validation: float, test: float, *, test_file: bool) -> str:
    """The split in words."""
    kept = f"{100 * validation:.0f} % to choose by (validation)"
    return f"Splits: {kept}, " + ("the second file to test" if test_file else f"{100 * test:.0f} % to test")


def _share(key: str) -> float:
    return float(st.session_state.get(key, 10)) / 100


def _slider(place: st.delta_generator.DeltaGenerator, label: str, key: str) -> float:
    return float(place.number_input(label, min_value=0, max_value=40, value=10, step=5, key=key)) / 100
