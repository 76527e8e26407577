"""What the chosen model's tokenizer says: texts cut off, unknown signs, and texts in a language it hardly knows.

A text is hardly known when more than half of its words (four or more) are unknown or fall into several pieces. With the
bundled English vocabulary these are at most 2.2 % of the texts of English sets (slangy tweets; the rest stay below 1 %)
and 82 % of German, 92 % of Japanese and 97 % of Chinese ones; docs/preflight.md has the table. Spoken of from 5 % on.
"""

from __future__ import annotations

import numpy as np

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding, Mend, Severity

BROKEN_WORDS, FEWEST_WORDS, SPEAKS_FROM = 0.5, 4, 0.05
NOTABLE = 0.02


def hardly_known(draft: Draft) -> np.ndarray:
    """Mask (n,) of measured rows more than half of whose words the vocabulary does not know as wholes."""
    broken, words = draft.frame["broken"], draft.frame["words"]
    return ((broken > BROKEN_WORDS) & (words >= FEWEST_WORDS)).to_numpy(dtype=bool)


def _measured(draft: Draft) -> int:
    return int(draft.frame["pieces"].notna().sum())


def _find_language(draft: Draft) -> Finding | None:
    mask, measured = hardly_known(draft), _measured(draft)
    share = float(mask.sum() / measured) if measured and draft.facts["wordpiece"] else 0.0
    if share < SPEAKS_FROM:
        return None
    words = (
        f"In {showing.percent(share, 1)} of the texts more than half of the words are unknown to the chosen model or "
        "fall into fragments: they are likely in a language or script that it hardly knows. Choose a model for that "
        "language, or a multilingual one."
    )
    severity: Severity = "error" if share > 0.5 else "warning"
    samples = showing.rows(draft, mask, broken_words=lambda row: showing.percent(row["broken"], 1))
    return Finding("hardly_known_language", "Texts the model hardly knows", severity, int(mask.sum()), words, samples)


def _drop_language(draft: Draft) -> Draft:
    return draft.drop(hardly_known(draft), "text in a language or script that the chosen model hardly knows")


def _find_truncated(draft: Draft) -> Finding | None:
    limit = draft.options.max_length
    mask = (draft.frame["pieces"] > limit).to_numpy(dtype=bool)
    if draft.facts["unit"] != "tokens" or not mask.any():
        return None
    share = float(mask.sum() / _measured(draft))
    words = (
        f"{showing.percent(share, 1)} of the texts have more than {limit} tokens; the model does not see what comes "
        "after. A larger max_length sees more and costs time."
    )
    severity: Severity = "warning" if share >= NOTABLE else "info"
    samples = showing.rows(draft, mask, tokens=lambda row: int(row["pieces"]))
    return Finding("truncated_texts", "Texts longer than the model sees", severity, int(mask.sum()), words, samples)


def _find_unknown(draft: Draft) -> Finding | None:
    mask = (draft.frame["unknown"] > 0).to_numpy(dtype=bool)
    if not mask.any():
        return None
    share = float(draft.frame["unknown"].sum() / draft.frame["pieces"].sum())
    words = (
        f"{showing.percent(share, 1)} of all pieces are unknown to the model's vocabulary (often emoji or rare signs); "
        "it sees one and the same blank sign for all of them."
    )
    severity: Severity = "warning" if share >= NOTABLE else "info"
    samples = showing.rows(draft, mask, unknown_pieces=lambda row: int(row["unknown"]))
    return Finding("unknown_tokens", "Signs the model does not know", severity, int(mask.sum()), words, samples)


DROP = Mend("drop_hardly_known", "Leave these rows out", _drop_language)
CHECKS = (
    Check("truncated_texts", _find_truncated),
    Check("unknown_tokens", _find_unknown),
    Check("hardly_known_language", _find_language, (DROP,)),
)
