"""The model card of a pre-trained model: from what, on what, how, and what the holdout says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.training.card import escaped


def card(name: str, facts: Mapping[str, Any]) -> str:
    """README.md with front matter that the Hugging Face Hub reads; names and numbers come from `facts`."""
    masked = "fill-mask"
    lines = ["---", "library_name: transformers", f"pipeline_tag: {masked}", "tags:", "- bert", "- pretrained", "---"]
    lines += ["", f"# {escaped(name)}", "", _made(facts), "", "## On the holdout", ""]
    lines += [f"- {escaped(sentence)}" for sentence in facts["proof"].get("sentences", ())] or ["Nothing was held out."]
    lines += ["", "## How it was trained", "", "| parameter | value |", "|---|---|"]
    lines += [f"| `{key}` | {escaped(value)} |" for key, value in facts["parameters_of_training"].items()]
    lines += [f"| steps | {facts['steps']:,} |", f"| tokens read | {facts['tokens']:,} |"]
    lines += [f"| precision | {facts['precision']} |", "", _use(), ""]
    return "\n".join(lines)


def _made(facts: Mapping[str, Any]) -> str:
    base = facts["base"]
    begun = "trained from scratch" if base == "scratch" else f"trained on from {escaped(base)}"
    fresh = [part for part in facts["fresh"] if part != "encoder"]
    new = f" Its {' and '.join(fresh)} began untrained." if fresh and base != "scratch" else ""
    words = f" {len(facts['domain_words'])} words of the corpus became pieces of their own." * bool(
        facts["domain_words"]
    )
    return f"A BERT {begun} on the raw text {escaped(facts['pretrained_on'])}.{new}{words}"


def _use() -> str:
    return (
        "## Use\n\n```python\nfrom transformers import pipeline\n\nfill = pipeline('fill-mask', model='folder')\n"
        "fill('It was about [MASK].')\n```"
    )
