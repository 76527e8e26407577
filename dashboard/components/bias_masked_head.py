"""Whether a version has a masked-word head, told from its files' headers; where it has none, why, and what to do."""

from __future__ import annotations

import streamlit as st

from core.errors import UserProblem
from dashboard.components import choose_model, inspect_fill_mask_model, navigation, problems, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.errors import RegistryProblem
from registry.records import ModelVersion

LOOKED_AT, LISTED = 40, 12  # versions


def problem(version: ModelVersion) -> UserProblem | RegistryProblem | None:
    """Why masked words cannot be asked for, or None."""
    from core.bias.measures import measure
    from core.jobs import auditing

    try:
        auditing.fits(version, measure("crows_pairs"))
        auditing.headed(registry(), version)
    except (UserProblem, RegistryProblem) as found:
        return found
    return None


def refused(version: ModelVersion, why: UserProblem | RegistryProblem) -> None:
    """Say why, lead to pre-training, and name the versions that have a head."""
    found, *rest = problems.parts(why)
    st.warning("  \n".join(map(escape, rest)) or escape(found), title=escape(found) if rest else None,
               icon=":material/visibility_off:")  # fmt: skip
    navigation.link(
        navigation.PRETRAIN, "Pre-train on raw text: that gives a model a masked-word head",
        icon=":material/menu_book:", params=url.model(version.name, version.version),
    )  # fmt: skip
    able = [each for each in _versions() if each.id != version.id and inspect_fill_mask_model.can(each)][:LISTED]
    if not able:
        st.caption("No model in the registry has a masked-word head yet.")
        return
    st.markdown("Models here whose masked words can be measured:")
    with st.container(horizontal=True, key="bias-masked-able"):
        for each in able:
            navigation.link(
                navigation.BIAS, escape(each.spec), icon=":material/balance:",
                params={**url.model(each.name, each.version), "view": "masked"},
            )  # fmt: skip


def _versions() -> list[ModelVersion]:
    return [*choose_model.versions("pretrained"), *choose_model.versions("fine_tuned")][:LOOKED_AT]
