"""Readers of the real word-sense sets that the inspection benchmark measures on; characters, not tokens or bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.inspection.word_vectors import Occurrence


@dataclass(frozen=True)
class Labelled:
    """Occurrences of one word with their senses (n,)."""

    occurrences: tuple[Occurrence, ...]
    senses: tuple[str, ...]

    def most(self, count: int, seed: int = 0) -> Labelled:
        """At most `count` of them, drawn with a seed, in their order."""
        if len(self.senses) <= count:
            return self
        chosen = sorted(np.random.default_rng(seed).permutation(len(self.senses))[:count].tolist())
        return Labelled(tuple(self.occurrences[i] for i in chosen), tuple(self.senses[i] for i in chosen))


@dataclass(frozen=True)
class Pair:
    """A word in two sentences, whether it means the same in both, and whether it has the same form in both."""

    one: Occurrence
    two: Occurrence
    same: bool
    word: str
    relatedness: float = float("nan")

    @property
    def same_form(self) -> bool:
        return self.one.word.lower() == self.two.word.lower()


def at_token(sentence: str, number: int) -> Occurrence:
    """The occurrence of a token, counted from 0, in a sentence of tokens between blanks."""
    start = 0
    tokens = sentence.split(" ")
    for token in tokens[:number]:
        start += len(token) + 1
    return Occurrence(sentence, start, start + len(tokens[number]))


def coarse_wsd(folder: Path) -> dict[str, tuple[Labelled, Labelled]]:
    """CoarseWSD-20: train and test part of each word that is there."""
    root = folder / "inspect" / "coarsewsd20"
    words = sorted(path.name for path in root.iterdir() if path.is_dir())
    return {word: (_coarse(root / word, "train"), _coarse(root / word, "test")) for word in words}


def out_of_domain(folder: Path) -> dict[str, Labelled]:
    """CoarseWSD-20's sentences of another domain, by word; senses as numbers of the word's own map."""
    root = folder / "inspect" / "coarsewsd20"
    found: dict[str, list[tuple[Occurrence, str]]] = {}
    for line in _lines(root / "outofdomain.tsv"):
        word, sense, place, sentence = line.split("\t")
        numbers = json.loads((root / word / "classes_map.txt").read_text(encoding="utf-8"))
        number = next(number for number, name in numbers.items() if name == sense)
        found.setdefault(word, []).append((at_token(sentence, int(place)), number))
    return {word: Labelled(*(tuple(part) for part in zip(*rows, strict=True))) for word, rows in found.items()}


def words_in_context(folder: Path, part: str) -> list[Pair]:
    """WiC: "train" or "dev"."""
    root, pairs = folder / "inspect" / "wic", []
    rows = zip(_lines(root / f"{part}.data.txt"), _lines(root / f"{part}.gold.txt"), strict=True)
    for line, gold in rows:
        word, _, places, one, two = line.split("\t")
        first, second = map(int, places.split("-"))
        pairs.append(Pair(at_token(one, first), at_token(two, second), gold == "T", word))
    return pairs


def raw_c(folder: Path) -> list[Pair]:
    """RAW-C: pairs of sentences with the relatedness that people saw."""
    with (folder / "inspect" / "rawc" / "raw-c.csv").open(encoding="utf-8", newline="") as stream:
        return [
            Pair(
                _named(row["sentence1"], row["string"]), _named(row["sentence2"], row["string"]),
                row["same"] == "True", row["word"], float(row["mean_relatedness"]),
            )
            for row in csv.DictReader(stream)
        ]  # fmt: skip


def homographs(folder: Path) -> dict[str, tuple[Labelled, Labelled]]:
    """Wikipedia homographs: train and eval part of each word; offsets in the files count bytes."""
    root = folder / "inspect" / "homographs"
    train, test = (_homographs(root / f"{part}.tsv") for part in ("train", "eval"))
    return {word: (train[word], test[word]) for word in sorted(train.keys() & test.keys())}


def _coarse(folder: Path, part: str) -> Labelled:
    rows = [line.split("\t", 1) for line in _lines(folder / f"{part}.data.txt")]
    return Labelled(
        tuple(at_token(sentence, int(place)) for place, sentence in rows), tuple(_lines(folder / f"{part}.gold.txt"))
    )


def _homographs(path: Path) -> dict[str, Labelled]:
    found: dict[str, list[tuple[Occurrence, str]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            raw, ends = row["sentence"].encode(), (int(row["start"]), int(row["end"]))
            start, end = (len(raw[:place].decode()) for place in ends)
            found.setdefault(row["homograph"], []).append((Occurrence(row["sentence"], start, end), row["wordid"]))
    return {word: Labelled(*(tuple(part) for part in zip(*rows, strict=True))) for word, rows in found.items()}


def _named(sentence: str, word: str) -> Occurrence:
    start = sentence.lower().index(word.lower())
    return Occurrence(sentence, start, start + len(word))


def _lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8").rstrip("\n").split("\n")
