"""What the chosen model's tokenizer says: texts cut off, unknown pieces, and texts in a language it hardly knows.

A text is hardly known when at least half of its words (four or more) are unknown or fall into several pieces. Measured
with the bundled English vocabulary this is 0.0-0.8 % of the texts in English sets (2.9 % in slangy tweets), and 82 % of
German, 96 % of Japanese and 98 % of Chinese ones; docs/preflight.md has the table. The finding speaks from 5 % on.
"""

from __future__ import annotations

import numpy as np

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend, Severity

BROKEN_WORDS, FEWEST_WORDS, SPEAKS_FROM = 0.5, 4, 0.05


def hardly_known(draft: Draft) -> np.ndarray:
    """Mask (n,) of measured rows at least half of whose words the vocabulary does not know as wholes."""
    frame = draft.frame
    return ((frame["broken"] >= BROKEN_WORDS) & (frame["words"] >= FEWEST_WORDS)).to_numpy(dtype=bool)


def _find_language(draft: Draft) -> Finding | None:
    mask, measured = hardly_known(draft), int(draft.frame["pieces"].notna().sum())
    share = mask.sum() / measured if measured and draft.facts["wordpiece"] else 0.0
    if share < SPEAKS_FROM:
        return None
    severity: Severity = "error" if share > 0.5 else "warning"
    words = (
        f"In {showing.percent(int(mask.sum()), measured)} of the texts at least half of the words are unknown to the chosen "
        "model or fall into fragments: they are likely in a language or script that it hardly knows. "
        "Choose a model for that language, or a multilingual one."
    )
    samples = showing.rows(draft, mask, broken_words=[showing.percent(x, 1) for x in draft.frame["broken"].fillna(0)])
    return Finding("hardly_known_language", "Texts the model hardly knows", severity, int(mask.sum()), words, samples)


def _drop_language(draft: Draft) -> Draft:
    return draft.drop(hardly_known(draft), "text in a language or script that the chosen model hardly knows")


def _find_truncated(draft: Draft) -> Finding | None:
    limit = draft.options.max_length
    mask = (draft.frame["pieces"] > limit).to_numpy(dtype=bool)
    if draft.facts["unit"] != "tokens" or not mask.any():
        return None
    measured = int(draft.frame["pieces"].notna().sum())
    share = mask.sum() / measured
    words = (
        f"{showing.percent(int(mask.sum()), measured)} of the texts have more than {limit} tokens; the model does not see "
        "what comes after. A larger max_length sees more and costs time."
    )
    severity: Severity = "warning" if share >= 0.02 else "info"
    tokens = draft.frame["pieces"].fillna(0).astype(int).tolist()
    samples = showing.rows(draft, mask, tokens=tokens)
    return Finding("truncated_texts", "Texts longer than the model sees", severity, int(mask.sum()), words, samples)


def _find_unknown(draft: Draft) -> Finding | None:
    unknown = draft.frame["unknown"].fillna(0)
    mask = (unknown > 0).to_numpy(dtype=bool)
    if not mask.any():
        return None
    total = float(draft.frame["pieces"].sum())
    words = (
        f"{showing.percent(float(unknown.sum()), total)} of all pieces are unknown to the model's vocabulary (often emoji or "
        "rare signs); it sees the same blank sign for all of them."
    )
    severity: Severity = "warning" if unknown.sum() / total >= 0.02 else "info"
    samples = showing.rows(draft, mask, unknown_pieces=unknown.astype(int).tolist())
    return Finding("unknown_tokens", "Signs the model does not know", severity, int(mask.sum()), words, samples)


CHECKS = (
    Check("truncated_texts", _find_truncated),
    Check("unknown_tokens", _find_unknown),
    Check(
        "hardly_known_language", _find_language, (Mend("drop_hardly_known", "Leave these rows out", _drop_language),)
    ),
)
