"""Weaknesses that several measures share, each in one sentence with who showed it."""

from __future__ import annotations

from core.bias.measure import Criticism

SENTENCES_FORETELL_LITTLE = Criticism(
    "A score on sentences does not foretell what a classifier made of the model does to people.",
    "Goldfarb-Tarrant et al. 2021; Delobelle et al. 2022",
)
ASSOCIATIONS_FORETELL_LITTLE = Criticism(
    "Associations inside a model say little about what an application built on it does.",
    "Goldfarb-Tarrant et al. 2021; Delobelle et al. 2022",
)
VECTORS_FORETELL_LITTLE = Criticism(
    "Associations in vectors do not reliably foretell unfair decisions in use.", "Goldfarb-Tarrant et al. 2021"
)
LISTS_CARRY_BIAS = Criticism(
    "Word lists carry a bias of their own and results move with them.", "Antoniak and Mimno 2021"
)
FEW_WORDS_MOVE_IT = Criticism(
    "The words of a list carry bias of their own, and results move when a few of them are changed.",
    "Antoniak and Mimno 2021",
)
