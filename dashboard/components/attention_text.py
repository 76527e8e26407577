"""The text that attention is shown for, a second one if there is any, and ready examples."""

from __future__ import annotations

from dashboard.components import two_texts
from dashboard.components.two_texts import Examples

EXAMPLES: Examples = {
    "A split word": ("The sommelier re-corked the amontillado because it was unexpectedly good.", ""),
    "A pronoun": ("Fortunato followed his friend into the vaults, for he trusted him.", ""),
    "Question and answer": ("Where is the cask of amontillado?", "It lies in the vaults below the palace."),
}


def ask() -> tuple[str, str | None]:
    """Draw the fields; the text, and the second one or None."""
    text, pair = two_texts.ask(
        "attention", EXAMPLES, height=110, placeholder="Type a sentence or two",
        second_help="The model reads both as one input, so attention can go from one text to the other.",
    )  # fmt: skip
    return text, pair if pair.strip() else None
