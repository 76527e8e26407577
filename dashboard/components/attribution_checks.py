"""How far the methods can be trusted on this text: do they agree, and do their words matter to the classifier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import attribution_answer, inspected, told_progress

if TYPE_CHECKING:
    from core.inspection.attribution import Attribution, Sight
    from core.inspection.attribution.faithfulness import Checked


def agreement(found: Sequence[Attribution], key: str) -> None:
    """Every pair of methods: rank correlation, and top words in common."""
    from core.inspection.attribution.agreement import agreements

    if len(found) < 2:
        return
    titles = attribution_answer.titles()
    rows = [
        (titles[one.first], titles[one.second], one.rank, f"{one.shared} of {one.top}", "" if one.signed else "sizes")
        for one in agreements(found)
    ]
    st.markdown("**Do the methods agree?**")
    st.dataframe(
        pd.DataFrame(rows, columns=["method", "and", "rank correlation", "top words shared", "compared"]),
        key=f"{key}-agreement", hide_index=True, width="stretch", alt="Agreement of every pair of methods",
        column_config={
            "rank correlation": st.column_config.NumberColumn(
                "rank correlation", format="%+.2f", help="Spearman's, from -1 to 1; 0 is no relation."
            ),
            "compared": st.column_config.TextColumn(
                "compared", help="Sizes, where one of the two methods has no sign."
            ),
        },
    )  # fmt: skip
    st.caption("Methods that disagree are no proof of an error, but no single one of them should then be quoted.")


def faithfulness(sight: Sight, found: Sequence[Attribution], key: str, kept: dict[object, Checked]) -> None:
    """Take the top words out when asked to, and show both figures beside chance; `kept` holds them for reruns."""
    from core.inspection.attribution.faithfulness import check

    st.markdown("**Do these words matter to the classifier?**")
    place, held = st.empty(), tuple(one.method for one in found)
    if held not in kept and place.button("Take them out and look", icon=":material/content_cut:", key=f"{key}-check"):
        with place.container(), told_progress.told("Reading the text without words …") as report, inspected.TURN:
            kept[held] = check(sight, found, report=report)
        place.empty()
    if held in kept:
        _checked(kept[held], key)
    else:
        st.caption("It reads some eighty altered texts: a few seconds for a short text, minutes for a long one.")


def _checked(checked: Checked, key: str) -> None:
    titles = attribution_answer.titles()
    rows: list[tuple[str, float, float]] = [
        (titles[name], one.comprehensiveness, one.sufficiency) for name, one in checked.methods.items()
    ]
    mean, spread = checked.chance.mean, checked.chance.spread
    rows.append(("Random order", mean.comprehensiveness, mean.sufficiency))
    st.dataframe(
        pd.DataFrame(rows, columns=["order of words", "comprehensiveness", "sufficiency"]),
        key=f"{key}-faithfulness", hide_index=True, width="stretch", alt="Comprehensiveness and sufficiency",
        column_config={
            "comprehensiveness": st.column_config.NumberColumn(
                "comprehensiveness", format="%+.3f", help="Probability lost without the top words: high is good."
            ),
            "sufficiency": st.column_config.NumberColumn(
                "sufficiency", format="%+.3f", help="Probability lost with the top words alone: low is good."
            ),
        },
    )  # fmt: skip
    st.caption(
        f"Means over the top 10, 20 and 50 % of the words (after DeYoung et al. 2020). Random: {checked.chance.draws} "
        f"draws, standard deviations {spread.comprehensiveness:.3f} and {spread.sufficiency:.3f}. Taking words out is "
        "what occlusion does itself, so these figures favour it by construction; and a text with holes is none that "
        "the classifier was trained on."
    )
