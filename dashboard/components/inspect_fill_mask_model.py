"""The masked-word model of a version; where it has none, the reason and the versions that have one."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Elsewhere:
    """Words of the way to pre-training; where other versions are: page, view, icon, what stands above, widget key."""

    way: str
    page: str
    view: str
    icon: str
    heading: str
    key: str


FILL = Elsewhere(
    "Pre-train this model on raw text", navigation.INSPECT, "fill_mask", "edit_square",
    "Models here that can fill masks:", "fill-mask-able",
)  # fmt: skip


def refused(version: ModelVersion, problem: UserProblem | RegistryProblem, there: Elsewhere = FILL) -> None:
    """Say why, lead to pre-training, and name the versions that have a head."""
    found, *rest = problems.parts(problem)
    st.warning("  \n".join(map(escape, rest)) or escape(found), title=escape(found) if rest else None,
               icon=":material/visibility_off:")  # fmt: skip
    navigation.link(
        navigation.PRETRAIN, there.way, icon=":material/menu_book:", params=url.model(version.name, version.version),
    )  # fmt: skip
    able = [each for each in _versions() if each.id != version.id and can(each)][:LISTED]
    if not able:
        st.caption("No model in the registry has a masked-word head yet.")
        return
    st.markdown(there.heading)
    with st.container(horizontal=True, key=there.key):
        for each in able:
            navigation.link(
                there.page, escape(each.spec), icon=f":material/{there.icon}:",
                params={**url.model(each.name, each.version), "view": there.view},
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
