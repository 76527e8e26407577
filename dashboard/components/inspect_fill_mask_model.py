"""The masked-word model of a version; where it has none, the reason and the versions that have one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.errors import UserProblem
from dashboard.components import choose_model, inspected, navigation, problems, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.errors import RegistryProblem
from registry.records import ModelVersion

LOOKED_AT, LISTED = 40, 12  # versions


@st.cache_resource(max_entries=1, show_spinner="Loading the masked-word head …")
def loaded(version_id: str) -> Any:
    """The model with its head; UserProblem where the head is absent, incomplete or untrained."""
    from core.inspection.fill_mask.head import load_masked

    with inspected.TURN:
        return load_masked(inspected.subject(version_id).folder)


def refused(version: ModelVersion, problem: UserProblem) -> None:
    """Say why, and what to do."""
    found, *rest = problems.parts(problem)
    st.warning("  \n".join(map(escape, rest)), title=escape(found), icon=":material/visibility_off:")
    navigation.link(
        navigation.PRETRAIN, "Pre-train this model on raw text", icon=":material/menu_book:",
        params=url.model(version.name, version.version),
    )  # fmt: skip
    able = [each for each in _versions() if each.id != version.id and can(each)][:LISTED]
    if not able:
        st.caption("No model in the registry has a masked-word head yet.")
        return
    st.markdown("Models here that can fill masks:")
    with st.container(horizontal=True, key="fill-mask-able"):
        for each in able:
            navigation.link(
                navigation.INSPECT, escape(each.spec), icon=":material/edit_square:",
                params={**url.model(each.name, each.version), "view": "fill_mask"},
            )  # fmt: skip


def can(version: ModelVersion) -> bool:
    """Whether a version has a masked-word head: one that was pre-trained here has, others are looked at."""
    if version.facts.get("pretrained_on"):
        return True
    return _has_head(version.id, version)


@st.cache_data(max_entries=500, show_spinner=False)
def _has_head(version_id: str, _version: ModelVersion) -> bool:
    from core.inspection.fill_mask.head import has_head

    try:
        folder = registry().artifacts.local(_version.artifact, verify=False)
        return (folder / "config.json").is_file() and has_head(folder)
    except (UserProblem, RegistryProblem, OSError):
        return False


def _versions() -> list[ModelVersion]:
    return [*choose_model.versions("pretrained"), *choose_model.versions("fine_tuned")][:LOOKED_AT]
