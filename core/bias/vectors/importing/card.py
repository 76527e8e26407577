"""The card of an imported table: what it is, what was left out, and what the file cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.bias.vectors.importing.tally import Tally


def write(folder: Path, name: str, facts: Mapping[str, Any], tally: Tally) -> None:
    """Write README.md."""
    (folder / "README.md").write_text("\n".join(_lines(name, facts, tally)), encoding="utf-8")


def _lines(name: str, facts: Mapping[str, Any], tally: Tally) -> list[str]:
    lines = [
        "# Word vectors", "",
        f"{facts['words']:,} words, {facts['hidden_size']:,} numbers each, imported from {name} ({facts['format']}).",
        "One vector a word, whatever its context. `vectors.safetensors` holds the rows (float32), `words.json` the "
        "words in the same order.", "",
        "The file does not say on which texts the vectors were trained, nor under which licence they may be used.", "",
        "## Left out", "",
    ]  # fmt: skip
    counts = {"unreadable": "could not be read", "duplicates": "doubled", "not_finite": "with numbers not finite"}
    lines += [f"- {tally.left_out[kind]:,} rows {said}" for kind, said in counts.items() if tally.left_out[kind]]
    lines += [f"- {note}" for note in tally.notes] + [f"- {one}" for one in tally.examples]
    if lines[-1] == "":
        lines.append("Nothing.")
    if tally.zero:
        lines += ["", f"{tally.zero:,} of the rows kept are zero throughout; they have no direction."]
    return [*lines, ""]
