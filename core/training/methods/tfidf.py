"""Word counts and a linear head: the baseline to beat (Salton and Buckley 1988; Wang and Manning 2012).

Words and pairs of words, and letter groups of 3 to 5 inside words, which carry misspellings and languages without
blanks. Fast, and on topical labels hard to beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.data.examples import LabelledData
from core.errors import Stopped
from core.progress import Progress, Report, ShouldStop
from core.training.contract import Config, Cost, FineTuned, Method, option
from core.training.out_of_memory import told
from core.training.readiness import check, judged_on
from core.training.sampling import sample
from core.training.stopwatch import timed
from core.training.strengths import Rows, choose, seconds_of_choice
from core.training.weights import cell_weights

GRID = (1.0, 3.0, 10.0, 30.0, 100.0)


@dataclass(frozen=True)
class TfidfConfig(Config):
    """Parameters of `tfidf`."""

    features: str = option(
        "words and letters",
        title="Features",
        help="Words and pairs of words, letter groups, or both.",
        choices=("words and letters", "words", "letters"),
    )
    max_features: int = option(
        50_000, title="Most features", help="Of each kind, the most frequent are kept.", minimum=10, maximum=500_000,
        advanced=True,
    )  # fmt: skip
    min_df: int = option(
        2, title="Rarest feature", help="A feature must occur in this many training texts.", minimum=1, maximum=1000,
        advanced=True,
    )  # fmt: skip
    weigh_rare_classes: bool = option(
        False, title="Weigh rare classes", help="Let rows of rare classes count more.", advanced=True
    )
    seed: int = option(42, title="Seed", help="Kept with the result; this method draws nothing.", advanced=True)


def fine_tune(
    data: LabelledData,
    config: TfidfConfig,
    *,
    base: Path | None,
    checkpoints: Path,
    report: Report,
    should_stop: ShouldStop,
    vectors: Path | None = None,
) -> FineTuned:
    """Fit features on the training texts and a head whose C validation chooses."""
    from core.inference.scorers.tfidf import CHARACTERS, TfidfScorer, joined_texts

    check(data)
    report(Progress("tokenise", 0, len(data.train)))
    texts = [text[:CHARACTERS] for text in joined_texts(data.train.texts, data.train.pairs)]
    with told("counting words", "Choose fewer features, or words only."):
        fitted = [vectorizer for vectorizer in _vectorizers(config, len(texts)) if _fits(vectorizer, texts)]
        if should_stop() is not None:
            raise Stopped("training was stopped before anything was learnt")
        empty = TfidfScorer(fitted, _nothing(data, fitted), _nothing(data, fitted)[:, 0])
        judge = judged_on(data)
        judged = [text[:CHARACTERS] for text in joined_texts(judge.texts, judge.pairs)]
        chosen = choose(
            Rows(empty.features(texts), data.train.targets),
            Rows(empty.features(judged), judge.targets),
            len(data.labels), data.problem_type, GRID,
            weights=cell_weights(data.train.targets, len(data.labels)) if config.weigh_rare_classes else None,
            report=report, should_stop=should_stop,
        )  # fmt: skip
    scorer = TfidfScorer(fitted, chosen.head.weight, chosen.head.bias)
    facts = {"C": chosen.strength, "features": int(chosen.head.weight.shape[1])}
    return FineTuned(scorer, chosen.history, facts, chosen.stopped_early)


def _vectorizers(config: TfidfConfig, rows: int) -> list[Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    rarest = min(config.min_df, max(1, rows // 50))
    shared = {"sublinear_tf": True, "min_df": rarest, "max_features": config.max_features, "strip_accents": "unicode"}
    words = {"ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b|[^\w\s]"}
    kinds = {
        "words": TfidfVectorizer(**words, **shared),
        "letters": TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **shared),
    }
    return [vectorizer for name, vectorizer in kinds.items() if name in config.features]


def _fits(vectorizer: Any, texts: list[str]) -> bool:
    """Learn the vocabulary; false where the texts hold nothing of this kind."""
    try:
        vectorizer.fit(texts)
    except ValueError as problem:
        if "vocabulary" not in str(problem) and "no terms remain" not in str(problem).lower():
            raise
        return False
    return True


def _nothing(data: LabelledData, fitted: list[Any]) -> Any:
    import numpy as np

    from core.errors import UserProblem

    width = sum(len(vectorizer.vocabulary_) for vectorizer in fitted)
    if not width:
        raise UserProblem("The training texts hold no words.", "At least one word or letter group must occur.")
    return np.zeros((len(data.labels), width), np.float32)


def cost(data: LabelledData, config: TfidfConfig, *, base: Path | None) -> Cost:
    """Count words and take a few steps on a sample; both grow with the rows."""
    from core.inference.scorers.tfidf import CHARACTERS, TfidfScorer, joined_texts

    check(data)
    few = sample(data.train)
    texts = [text[:CHARACTERS] for text in joined_texts(few.texts, few.pairs)]
    fitted = _vectorizers(config, len(texts))
    counting = timed(lambda: [_fits(vectorizer, texts) for vectorizer in fitted])
    empty = TfidfScorer(fitted, _nothing(data, fitted), _nothing(data, fitted)[:, 0])
    features = empty.features(texts)
    more = len(data.train) / len(few)
    choosing = seconds_of_choice(Rows(features, few.targets), len(data.labels), data.problem_type, len(data.train))
    kept = int(2 * 8 * features.nnz * more + 25 * 8 * len(data.labels) * features.shape[1])
    return Cost(2 + 2 * counting * more + choosing, kept, f"From counting words in {len(few):,} training texts.")


METHOD = Method(
    name="tfidf",
    title="Word counts (TF-IDF)",
    summary="Logistic regression on words and letter groups. Seconds to train, no BERT: the baseline to beat.",
    needs_base=False,
    config=TfidfConfig,
    fine_tune=fine_tune,
    metadata={"order": 1, "scorer": "tfidf"},
    cost=cost,
)
