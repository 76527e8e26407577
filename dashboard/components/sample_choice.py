"""The sample datasets for first visitors: one click on the upload page, and already saved on the first start."""

from __future__ import annotations

import streamlit as st

from dashboard.components import held


def show() -> None:
    """Offer the samples as if they had been dropped on the page."""
    from core.data.samples import SAMPLES

    with st.container(border=True, key="sample-choice"):
        st.markdown("**No file at hand?**")
        st.caption("Walk through the steps with a small file written for this product.")
        with st.container(horizontal=True, key="sample-buttons"):
            for sample in SAMPLES:
                if st.button(
                    f"Use the sample: {sample.path.name}", icon=":material/science:", key=f"sample-{sample.name}"
                ):
                    with sample.path.open("rb") as stream:
                        held.take("upload", sample.path.name, stream)
