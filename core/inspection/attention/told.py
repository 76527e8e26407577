"""What has to be said beside a picture of attention: what the model did not see, and what is not drawn."""

from __future__ import annotations

from core.inspection.attention.view import View
from core.inspection.reading import Reading

LIMITS = (
    "Attention shows where information can flow between words inside one layer. It is not an explanation of a "
    "decision: quite different weights can lead to the same answer (Jain and Wallace 2019), and whether weights "
    "explain anything depends on what is asked of them (Wiegreffe and Pinter 2019). Much attention to [SEP] or [CLS] "
    "is read as a head that has nothing to do here (Clark et al. 2019). One text shows what a head does with this "
    "text, not what it is for."
)
MOST_NAMED = 5


def notes(reading: Reading) -> list[str]:
    """Sentences about what was cut, dropped or unknown; none where the model read all of it."""
    found = []
    for part, (text, seen) in enumerate(zip(reading.texts, reading.seen, strict=True)):
        which = "the text" if len(reading.texts) == 1 else ("the first text", "the second text")[part]
        if seen < len(text):
            found.append(
                f"The model sees the first {seen:,} of {len(text):,} characters of {which}: "
                f"{len(reading.pieces)} pieces are all that it takes. The rest is not looked at."
            )
        if reading.lost[part]:
            places = ", ".join(f"{start + 1}" for start, _ in reading.lost[part][:MOST_NAMED])
            found.append(f"The tokenizer drops characters of {which}, at place {places}.")
    unknown = list(dict.fromkeys(_unknown(reading)))
    if unknown:
        more = "" if len(unknown) <= MOST_NAMED else f" and {len(unknown) - MOST_NAMED} more"
        named = ", ".join(word if len(word) <= 20 else word[:19] + "…" for word in unknown[:MOST_NAMED])
        found.append(f"Unknown to the vocabulary, so read as [UNK]: {named}{more}.")
    return found


def hidden(view: View) -> str:
    """How much attention of the rows shown goes where nothing is drawn."""
    specials, elsewhere = (100 * float(share.mean()) for share in (view.to_specials, view.elsewhere))
    if specials + elsewhere < 0.005:
        return "Everything is drawn: each row sums to 1."
    words = f", {elsewhere:.1f} % to words outside of it" if elsewhere >= 0.005 else ""
    return f"Not drawn: {specials:.1f} % of the attention of these rows goes to special pieces{words}."


def _unknown(reading: Reading) -> list[str]:
    return [
        reading.texts[piece.part][piece.start : piece.end]
        for piece in reading.pieces
        if piece.unknown and not piece.special
    ]
