"""Whether a version has a masked-word head, told from its files' headers; where it has none, why, and what to do."""

from __future__ import annotations

from core.errors import UserProblem
from dashboard.components import inspect_fill_mask_model, navigation
from dashboard.components.inspect_fill_mask_model import Elsewhere
from dashboard.components.services import registry
from registry.errors import RegistryProblem
from registry.records import ModelVersion

ABLE = Elsewhere(
    "Pre-train on raw text: that gives a model a masked-word head", navigation.BIAS, "masked", "balance",
    "Models here whose masked words can be measured:", "bias-masked-able",
)  # fmt: skip


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
    inspect_fill_mask_model.refused(version, why, ABLE)
