"""A chart as SVG and as PNG, without a browser or a network."""

from __future__ import annotations

import altair as alt
import pandas as pd

from core.inspection.picture import picture


def chart() -> alt.Chart:
    return alt.Chart(pd.DataFrame({"word": ["<b>bank</b>"], "n": [2]})).mark_bar().encode(x="n:Q", y="word:N")


def test_an_svg_names_what_it_shows_and_escapes_it() -> None:
    drawn = picture(chart(), "svg").decode()
    assert drawn.startswith("<svg") and "&lt;b&gt;bank" in drawn and "<b>" not in drawn


def test_a_png_is_one() -> None:
    assert picture(chart(), "png").startswith(b"\x89PNG")
