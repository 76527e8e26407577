"""A run's state in words: status, what it waits for, what it does, and what to do after it failed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from dashboard.components import quantities
from registry.records import Run

KINDS = {
    "pretrain": "Pre-training",
    "fine_tune": "Training",
    "predict": "Classification",
    "evaluate": "Scoring",
    "bias": "Bias measuring",
    "mitigate": "Bias mitigation",
}
COLOURS: dict[str, Literal["gray", "blue", "green", "red", "orange"]] = {
    "queued": "gray",
    "running": "blue",
    "finished": "green",
    "failed": "red",
    "cancelled": "orange",
}
ICONS = {
    "queued": ":material/hourglass_empty:",
    "running": ":material/play_circle:",
    "finished": ":material/check_circle:",
    "failed": ":material/error:",
    "cancelled": ":material/cancel:",
}
PHASES = {
    "tokenise": ("Cutting the texts into word pieces", ""),
    "encode": ("BERT reads the texts", ""),
    "train": ("Training", "step "),
    "evaluate": ("Scoring the validation rows", "step "),
}
PRETRAINING = {
    "warm up the heads": ("New heads learn on a resting body", "step "),
    "pre-train on short sequences": ("Pre-training on short sequences", "step "),
    "pre-train": ("Pre-training", "step "),
    "evaluate": ("Looking at the holdout", "step "),
    "count pieces": ("Counting the word pieces of the text", "sentence "),
    "look for characters": ("Learning a vocabulary: looking for characters", "document "),
    "learn the vocabulary": ("Learning a vocabulary: reading the text", "document "),
    "count split words": ("Looking for words that the vocabulary splits", "sentence "),
    "pseudo-perplexity": ("Proof: how surprised it is by each word piece", "piece "),
    "masked words": ("Proof: masked words of the holdout", "sentence "),
    "pairs": ("Proof: which sentences belong together", "pair "),
    "pieces a word": ("Proof: pieces a word", "sentence "),
    "homonyms": ("Proof: telling two senses of a word apart", "sentence "),
    "fill words": ("Proof: filling in the words of this text", "case "),
    "neighbours": ("Proof: which words moved", "sentence "),
}
STOPPING = {"discard": "Stopping. ", "keep_best": "Stopping, the best so far is kept. "}
ADVICE = {
    "user": "Change what the sentence names and start again. Nothing half-made was kept.",
    "out_of_memory": "Choose a smaller batch size or a shorter maximum length, or close other programs, and start "
    "again.",
    "lost": "The machine stopped the work more than once. Look at the end of the log, and check memory and disk space "
    "before you start it again.",
    "defect": "This was not your doing. Download the log and report it together with the run's id.",
}


def kind(run: Run) -> str:
    """What kind of work it is, as a word for people."""
    return KINDS.get(run.kind, run.kind.replace("_", " ").capitalize())


def sentence(run: Run) -> str:
    """Where the run stands, in one line."""
    if run.status == "queued":
        return waiting(run)
    if run.status == "running":
        return f"Attempt {run.attempt} of {run.max_attempts}." if run.attempt > 1 else ""
    ended = f"{run.status.capitalize()} {quantities.ago(run.finished_at)}"
    return ended + (f", after {quantities.duration(elapsed(run))}{again(run)}." if run.started_at else ".")


def doing(run: Run) -> str:
    """What a running run does now, in one line."""
    phase = str(run.progress.get("phase") or "Starting")
    known = PRETRAINING if run.kind == "pretrain" else PHASES
    words, unit = known.get(phase, (phase[:1].upper() + phase[1:], ""))
    done, total = int(run.progress.get("step") or 0), int(run.progress.get("steps") or 0)
    far = f": {unit}{done:,} of {total:,}" if total else f": {unit}{done:,}" if done and unit else ""
    return STOPPING.get(run.stop_request or "", "") + words + far


def waiting(run: Run) -> str:
    """What a queued run waits for."""
    if run.attempt:
        return "The work was interrupted. It waits to go on from its last checkpoint."
    if run.position is None or run.position <= 1:
        return "Next in the queue. It starts as soon as a worker is free."
    return f"{quantities.ordinal(run.position)} in the queue. Runs before it are finished first."


def again(run: Run) -> str:
    """Says that a run is not in its first attempt."""
    return f", attempt {run.attempt} of {run.max_attempts}" if run.attempt > 1 else ""


def elapsed(run: Run, now: datetime | None = None) -> float | None:
    """Seconds from the start of the run to its end, or to `now`."""
    if run.started_at is None:
        return None
    return ((run.finished_at or now or datetime.now(UTC)) - run.started_at).total_seconds()


def advice(run: Run) -> str:
    """What to do after a run failed."""
    return ADVICE.get(run.error_kind, ADVICE["defect"])
