"""How to read the lines of one measure in a passport: what it says and does not say, and what goes with each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.passport.document import Line


def show(lines: list[Line]) -> None:
    """What the measure says and does not say; then each line's notes, what all lines share said once."""
    first = lines[0]
    st.markdown(f"**{escape(first.title)} says:** {escape(first.says, 900)} {escape(f'({first.source})')}"
                + (f"  \n{escape(first.side, 900)}" if first.side else ""))  # fmt: skip
    if first.criticisms:
        said = [f"- {escape(one.sentence, 900)} ({escape(one.source)})" for one in first.criticisms]
        st.markdown("**It does not say:**\n\n" + "\n".join(said))
    shared = [note for note in notes(first) if len(lines) > 1 and all(note in notes(one) for one in lines)]
    said = [f"- **{escape(line.inputs)}:** {escape(_joined(line, shared), 4_000)}" for line in lines]
    if shared:
        said.append(f"- For all of them: {escape(' '.join(shared), 4_000)}")
    st.markdown("\n".join(said))


def _joined(line: Line, shared: list[str]) -> str:
    way = f"{line.direction[:1].upper()}{line.direction[1:]}." if line.direction else "Nothing is said of a direction."
    return " ".join([way, *(note for note in notes(line) if note not in shared)])


def notes(line: Line) -> list[str]:
    """What a reader of this line must know beside its numbers, each as a sentence."""
    head = line.headline
    lost = [f"{len(words):,} lost ({name})" + ("" if line.offends else f": {', '.join(words)}") + "."
            for name, words in line.lost.items()]  # fmt: skip
    settings = ", ".join(f"{key} {json.dumps(value)}" for key, value in line.settings.items())
    kind = f"The interval is {head.interval}." if head.interval and head.low is not None else ""
    sample = f"Measured with: {line.sample}." if line.sample else ""
    made = f"Measured {line.measured_at[:10]} by {line.measured_by}."
    changes = [one.said for one in line.changes]
    said = (
        *changes,
        head.note,
        *line.warnings,
        *lost,
        kind,
        sample,
        f"Settings: {settings}." if settings else "",
        made,
    )
    return [note for note in said if note]
