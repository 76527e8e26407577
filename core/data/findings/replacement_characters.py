"""Texts that hold U+FFFD: characters lost for good when the file was decoded or saved wrongly."""

from __future__ import annotations

from core.data.draft import Draft
from core.data.findings import showing
from core.data.findings.contract import Check, Finding


def _find(draft: Draft) -> Finding | None:
    lost = draft.frame["text"].str.contains("\ufffd", regex=False).to_numpy(dtype=bool)
    if not lost.any():
        return None
    words = "Texts hold the sign \ufffd: characters lost in decoding. Try another encoding, or export the file again."
    return Finding("lost_characters", "Lost characters", "warning", int(lost.sum()), words, showing.rows(draft, lost))


CHECKS = (Check("lost_characters", _find),)
