"""Rows per second of bulk classification beside transformers' own pipeline, on the same model, machine and minute.

    pytest tests/benchmarks/test_bulk_classification.py -m benchmark -s

Both sides are measured in turns and the best turn of each counts, so that other load on the machine hits both alike.
The pipeline runs with its defaults, in float32; ours runs in the precision that "auto" chooses for this model. Figures
are printed, not asserted, because they are this minute's; that the labels agree is asserted.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core.inference import folder as model_folder
from core.inference.classifier import Classifier

ROWS, SAMPLE, TURNS = 10_000, 1_000, 2
LABELS = ("DESC", "ENTY", "HUM", "LOC", "NUM", "ABBR")


@dataclass(frozen=True)
class Rate:
    """One turn of one way: rows per second, rows per second of processor time, and the labels it gave."""

    rows_per_second: float
    rows_per_cpu_second: float
    labels: list[str]


@pytest.fixture(scope="module", autouse=True)
def both_cores() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def labelled() -> tuple[list[str], list[str], list[str]]:
    """Training texts with labels, and 10,000 other short texts; generated where the real ones are absent."""
    data = Path(__file__).resolve().parents[3] / "shared" / "data" / "labelled"
    if not data.is_dir():
        return generated()
    questions = rows(data / "trec" / "csv" / "train.csv") + rows(data / "trec" / "csv" / "test.csv")
    films = [text for text, _ in rows(data / "sst2" / "csv" / "train.csv")]
    texts = list(dict.fromkeys([text for text, _ in questions] + films))[:ROWS]
    few = questions[:1500]
    return [text for text, _ in few], [label for _, label in few], texts


def rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["label"]) for row in csv.DictReader(stream)]


def generated() -> tuple[list[str], list[str], list[str]]:
    rng = np.random.default_rng(0)
    starts = ("What does it mean that", "Which thing is", "Who is", "Where is", "How many are", "What stands for")
    words = np.array(["the", "old", "river", "city", "song", "king", "of", "unknown", "far", "country", "name", "year"])

    def one(kind: int) -> str:
        return f"{starts[kind]} {' '.join(rng.choice(words, rng.integers(2, 18)))} ?"

    kinds = rng.integers(0, 6, 1500)
    others = list(dict.fromkeys(one(int(kind)) for kind in rng.integers(0, 6, 2 * ROWS)))[:ROWS]
    return [one(int(kind)) for kind in kinds], [LABELS[kind] for kind in kinds], others


@pytest.fixture(scope="module")
def folder(labelled: tuple[list[str], list[str], list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled BERT with its upper two layers and head trained on 1,500 questions for two short epochs."""
    import torch

    from core.encoding.base_models import bundled
    from core.encoding.loading import load_sequence_classifier
    from core.encoding.tokenizing import load_tokenizer
    from core.inference.scorers.sequence import SequenceScorer

    torch.manual_seed(0)
    texts, names, others = labelled
    model, tokenizer = load_sequence_classifier(bundled(), LABELS, "single_label"), load_tokenizer(bundled())
    train(model, tokenizer, texts, np.array([LABELS.index(name) for name in names]))
    place = tmp_path_factory.mktemp("benchmark") / "model"
    classifier = Classifier(SequenceScorer(model, tokenizer, 128), LABELS)
    model_folder.save(classifier, place, golden_texts=others[::10])
    return place


def train(model, tokenizer, texts: list[str], targets: np.ndarray) -> None:
    import torch

    from core.encoding.batching import collate, token_batches
    from core.encoding.tokenizing import tokenize

    model.requires_grad_(False)
    learned = [
        *model.bert.encoder.layer[-2:].parameters(),
        *model.bert.pooler.parameters(),
        *model.classifier.parameters(),
    ]
    for parameter in learned:
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(learned, lr=3e-4)
    pieces, rng = tokenize(tokenizer, texts, None, 128), np.random.default_rng(0)
    for _ in range(2):
        for batch in rng.permutation(np.array(token_batches(pieces.lengths, 512), dtype=object)):
            answer = model(**collate(pieces, batch), labels=torch.from_numpy(targets[batch]))
            answer.loss.backward()
            optimizer.step()
            optimizer.zero_grad()
    model.requires_grad_(True).eval()


def best(turns: list[Rate]) -> Rate:
    return max(turns, key=lambda rate: rate.rows_per_second)


def timed(predict: Callable[[list[str]], list[str]], texts: list[str]) -> Rate:
    begun, worked = time.perf_counter(), time.process_time()
    labels = predict(texts)
    seconds, busy = time.perf_counter() - begun, time.process_time() - worked
    return Rate(len(texts) / seconds, len(texts) / busy, labels)


@pytest.mark.benchmark
@pytest.mark.timeout(3600)
def test_rows_per_second_beside_the_pipeline(labelled, folder: Path) -> None:
    from transformers import pipeline

    texts = labelled[2]
    assert len(texts) == ROWS
    theirs, ours = pipeline("text-classification", str(folder)), model_folder.load(folder)
    sample = [texts[row] for row in np.linspace(0, ROWS - 1, SAMPLE).astype(int)]
    ways: dict[str, tuple[Callable[[list[str]], list[str]], list[str]]] = {
        "ours": (lambda rows: list(ours.predict(rows).labels()), texts),
        "pipeline, defaults": (lambda rows: [row["label"] for row in theirs(rows)], sample),
        "pipeline, batch_size=32": (lambda rows: [row["label"] for row in theirs(rows, batch_size=32)], sample),
    }
    for predict, rows_ in ways.values():
        predict(rows_[:40])  # the first call pays for what is made once
    turns: dict[str, list[Rate]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, way in ways.items():
            turns[name].append(timed(*way))
            print(f"\n{name}: {turns[name][-1].rows_per_second:.0f} rows/s", end="", flush=True)
    rates = {name: best(rates) for name, rates in turns.items()}
    tell(ours, texts, rates)
    exact = ours.predict(texts, precision="float32").labels()
    mine = dict(zip(texts, rates["ours"].labels, strict=True))
    everywhere = np.mean([mine[text] == label for text, label in zip(texts, exact, strict=True)])
    theirs_labels = rates["pipeline, defaults"].labels
    sampled = np.mean([mine[text] == label for text, label in zip(sample, theirs_labels, strict=True)])
    print(f"same label as the pipeline on {sampled:.2%} of {SAMPLE}, as our float32 on {everywhere:.2%} of {ROWS} rows")
    assert min(everywhere, sampled) >= 0.995


def tell(ours: Classifier, texts: list[str], rates: dict[str, Rate]) -> None:
    from core.encoding.precision import matmul_peak

    mine, precision = rates["ours"].rows_per_second, ours.precision()
    share = mine * gigaflop(ours, texts) / matmul_peak(precision)
    print(f"\n{ROWS} texts, {pieces(ours, texts):.1f} pieces on average; ours in {precision}")
    for name, rate in rates.items():
        print(
            f"{name:24} {rate.rows_per_second:6.0f} rows/s; ours is {mine / rate.rows_per_second:.1f} times that "
            f"({rates['ours'].rows_per_cpu_second / rate.rows_per_cpu_second:.1f} times by processor time)"
        )
    print(f"share of the measured peak of matrix products: {share:.0%} of {matmul_peak(precision):.0f} GFLOP/s")
    print(f"agreement of bfloat16 measured when the model was saved: {ours.facts['bfloat16']}")


def pieces(classifier: Classifier, texts: list[str]) -> float:
    return float(classifier.predict(texts[::10]).tokens.mean())


def gigaflop(classifier: Classifier, texts: list[str]) -> float:
    """Arithmetic of one row's linear layers: 24 H^2 a piece and layer."""
    config = classifier.scorer.model.config
    return 24e-9 * config.hidden_size**2 * config.num_hidden_layers * pieces(classifier, texts)
