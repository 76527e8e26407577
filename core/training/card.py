"""The model card: README.md with YAML front matter as the Hugging Face Hub reads it, then plain facts.

Source: Mitchell et al. 2019, "Model Cards for Model Reporting". Everything a user typed is escaped; every number says
its split, its row count and its interval; what was not measured is not claimed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.evaluation.intervals import Interval
from core.evaluation.scores import Evaluation

SHOWN = {"f1_macro": "macro-F1", "accuracy": "accuracy", "roc_auc_ovr": "ROC AUC", "log_loss": "log loss",
         "calibration_error": "calibration error"}  # fmt: skip
HUB_NAMES = {"f1_macro": "f1", "accuracy": "accuracy"}
MOST_LABELS = 100
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$:@^])")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class CardFacts:
    """What a card tells; `rows` and `evaluations` are by split, `calibration` is Calibrated.to_json() or empty."""

    name: str
    method: str
    method_title: str
    base: str | None
    dataset: str
    labels: Sequence[str]
    problem_type: str
    rows: Mapping[str, int]
    parameters: Mapping[str, Any]
    chosen: Mapping[str, Any]
    calibration: Mapping[str, Any]
    evaluations: Mapping[str, Evaluation]
    notes: Sequence[str] = field(default_factory=tuple)


def card(facts: CardFacts) -> str:
    """Write the card as Markdown; the same facts give the same text."""
    parts = (
        _front_matter(facts), f"# {escaped(facts.name)}", _summary(facts), _use(facts), _scores(facts),
        _classes(facts), _calibration(facts), _training(facts), _limits(facts),
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: object, most: int = 200) -> str:
    """Turn a user's text into one line of Markdown that shows it and does nothing else."""
    line = _BREAKS.sub(" ", str(text))
    line = line if len(line) <= most else line[: most - 1] + "…"
    return re.sub(r"(?i)www\.", r"www\\.", html.escape(_SPECIAL.sub(r"\\\1", line), quote=False)).strip()


def quoted(text: object) -> str:
    """Turn a text into a YAML string in double quotes."""
    return json.dumps(_BREAKS.sub(" ", str(text)), ensure_ascii=False)


def _front_matter(facts: CardFacts) -> str:
    library = "transformers" if facts.base else "scikit-learn"
    lines = ["---", f"library_name: {library}", "pipeline_tag: text-classification"]
    lines += [f"base_model: {quoted(facts.base)}"] if facts.base else []
    lines += ["tags:", "- amontillado", f"- {quoted(facts.method)}", "datasets:", f"- {quoted(facts.dataset)}"]
    lines += ["metrics:", *(f"- {name}" for name in sorted(set(HUB_NAMES.values())))]
    return "\n".join([*lines, *_model_index(facts), "---"])


def _model_index(facts: CardFacts) -> list[str]:
    lines = ["model-index:", f"- name: {quoted(facts.name)}", "  results:"]
    found = []
    for split, evaluation in facts.evaluations.items():
        dataset = f"{{name: {quoted(facts.dataset)}, type: {quoted(facts.dataset)}, split: {quoted(split)}}}"
        found += ["  - task: {type: text-classification}", f"    dataset: {dataset}", "    metrics:"]
        for name, hub_name in HUB_NAMES.items():
            value = evaluation.metrics[name].value
            found.append(f"    - {{type: {hub_name}, name: {quoted(SHOWN[name])}, value: {value:.4f}}}")
    return [*lines, *found] if found else []


def _summary(facts: CardFacts) -> str:
    kind = "any number of" if facts.problem_type == "multi_label" else "one of"
    start = f", starting from {escaped(facts.base)}" if facts.base else ""
    sizes = ", ".join(f"{count:,} {split}" for split, count in facts.rows.items())
    return (
        f"Gives a text {kind} {len(facts.labels)} labels. Method: {escaped(facts.method_title)}{start}. "
        f"Data: {escaped(facts.dataset)} ({sizes} rows)."
    )


def _use(facts: CardFacts) -> str:
    uses = {
        "full": "classify = transformers.pipeline('text-classification', model='folder')\nprint(classify('a text'))",
        "linear_probe": "body = transformers.AutoModel.from_pretrained('folder')  # the head: head.safetensors",
    }
    if facts.method not in uses:
        return ""
    told = "The probabilities of plain transformers are those before the temperature below."
    return f"## Use\n\n```python\nimport transformers\n\n{uses[facts.method]}\n```\n\n{told}"


def _scores(facts: CardFacts) -> str:
    if not facts.evaluations:
        return "## Scores\n\nNot scored: there are no held-out rows."
    blocks = [_score_table(split, evaluation) for split, evaluation in facts.evaluations.items()]
    chosen = "The validation rows chose settings of this model, so their scores flatter it; the test rows did not."
    return "\n\n".join(["## Scores", *blocks, *([chosen] if "validation" in facts.evaluations else [])])


def _score_table(split: str, evaluation: Evaluation) -> str:
    lines = [f"On {evaluation.rows:,} {split} rows (95 % percentile bootstrap over rows):", ""]
    lines += ["| metric | value | from | to |", "|---|---|---|---|"]
    lines += [_score_row(shown, evaluation.metrics[name]) for name, shown in SHOWN.items()]
    best = evaluation.majority
    always = f"always answering {escaped(best['label'])}: macro-F1 {best['f1_macro']:.3f}, "
    return "\n".join([*lines, "", f"Baseline, {always}accuracy {best['accuracy']:.3f}."])


def _score_row(shown: str, found: Interval) -> str:
    values = ("–" if value is None else f"{value:.3f}" for value in (found.value, found.low, found.high))
    return f"| {shown} | " + " | ".join(values) + " |"


def _classes(facts: CardFacts) -> str:
    evaluation = facts.evaluations.get("test")
    if evaluation is None:
        return ""
    lines = ["| label | precision | recall | F1 | rows |", "|---|---|---|---|---|"]
    for score in evaluation.per_class[:MOST_LABELS]:
        shares = ("–" if share is None else f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
        lines.append(f"| {escaped(score.label, 60)} | " + " | ".join(shares) + f" | {score.support:,} |")
    more = len(evaluation.per_class) - MOST_LABELS
    return "\n".join(["## By label (test rows)", "", *lines, *([f"\n… and {more} more."] if more > 0 else [])])


def _calibration(facts: CardFacts) -> str:
    found = facts.calibration
    if not found:
        return ""
    if found["note"]:
        return f"## Probabilities\n\n{found['note']}"
    return (
        "## Probabilities\n\n"
        f"Divided by temperature {found['temperature']:.3f}, found on {found['rows']:,} validation rows (log loss "
        f"{found['log_loss_before']:.3f} before, {found['log_loss_after']:.3f} after). Below a score of "
        f"{found['review_below']:.3f} a person should look: that is {found['review_share']:.1%} of validation rows, "
        f"and {found['review_error']:.1%} of the others was wrong (at most {found['max_error']:.0%} was asked for)."
    )


def _training(facts: CardFacts) -> str:
    lines = ["## Training", "", "| parameter | value |", "|---|---|"]
    lines += [f"| {escaped(name)} | {escaped(value)} |" for name, value in facts.parameters.items()]
    chosen = ", ".join(f"{escaped(name)} = {escaped(_short(value))}" for name, value in facts.chosen.items())
    lines += ["", f"Settled while training: {chosen}."] if chosen else []
    return "\n".join(lines)


def _short(value: object) -> object:
    return f"{value:.4g}" if isinstance(value, float) else value


def _limits(facts: CardFacts) -> str:
    lines = [
        "- Scores hold for texts like those of the dataset; nothing is known about others.",
        "- It was not audited for bias against groups of people unless a report beside it says so.",
        "- Texts are cut at the longest length above; a cut text is marked in results.",
    ]
    return "\n".join(["## Limits", "", *lines, *(f"- {escaped(note, 1000)}" for note in facts.notes)])
