"""What the views of Inspect measure on real data with the bundled model, against the numbers they must reach.

    OMP_WAIT_POLICY=PASSIVE python -m pytest tests/benchmarks/test_inspection.py -m benchmark -s

prints one line a check: what, wanted, seen. Results are kept in docs/inspect_acceptance.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.encoding.base_models import bundled
from core.inspection import shipped_background
from core.inspection.anisotropy import Background
from core.inspection.anisotropy import measure as measure_background
from core.inspection.senses.clusters import clustering
from core.inspection.senses.nearest import CENTROID, FIVE, ONE, predict
from core.inspection.senses.vectors import CONTEXT, SENTENCE, SenseVectors, sense_vectors
from core.inspection.similarity import Standard, at_layer, paired_cosines, unit
from core.inspection.subject import Subject
from core.inspection.word_vectors import WordVectors, word_vectors
from tests.benchmarks.inspect_sets import (
    Labelled,
    Pair,
    coarse_wsd,
    homographs,
    out_of_domain,
    raw_c,
    words_in_context,
)

pytestmark = [pytest.mark.benchmark, pytest.mark.real_data, pytest.mark.timeout(3600)]
TRAIN, LAST, L4 = 1_000, 6, 4  # rows a word at most; the bundled model's last layer, and its fourth
Vectors = Callable[[SenseVectors, SenseVectors], tuple[np.ndarray, np.ndarray]]  # (train, test) -> what is compared


@pytest.fixture(scope="module")
def subject() -> Subject:
    return Subject(bundled())


def told(check: str, wanted: str, seen: str, passed: bool) -> None:
    """Print the line first, so that a figure that misses is seen as well."""
    print(f"\n| {check} | {wanted} | {seen} | {'yes' if passed else 'NO'} |", flush=True)
    assert passed, f"{check}: {seen}, wanted {wanted}"


def layer(number: int) -> Vectors:
    return lambda train, test: (train.layers[:, number], test.layers[:, number])


def scored(choice: int | str) -> Vectors:
    """z-scores as the page makes them: over random words of the sentences that the product ships."""

    def vectors(train: SenseVectors, test: SenseVectors) -> tuple[np.ndarray, np.ndarray]:
        standard = background().standard(choice)
        return standard.score(at_layer(train.layers, choice)), standard.score(at_layer(test.layers, choice))

    return vectors


@cache
def background() -> Background:
    return measure_background(Subject(bundled()), shipped_background.sentences())


def control(name: str) -> Vectors:
    return lambda train, test: (getattr(train, name), getattr(test, name))


Read = Mapping[str, tuple[Labelled, SenseVectors, Labelled, SenseVectors]]


@cache
def coarse(folder: Path) -> Read:
    return _read({word: (train.most(TRAIN), test) for word, (train, test) in coarse_wsd(folder).items()})


@cache
def spoken(folder: Path) -> Read:
    return _read(homographs(folder))


def _read(words: Mapping[str, tuple[Labelled, Labelled]]) -> Read:
    subject, found = Subject(bundled()), {}
    for word, (train, test) in words.items():
        known, new = sense_vectors(subject, train.occurrences), sense_vectors(subject, test.occurrences)
        assert not any(known.problems) and not any(new.problems)
        found[word] = (train, known, test, new)
    return found


def macro(read: Read, vectors: Vectors, rule: str) -> float:
    """Mean accuracy over words; a tie is wrong."""
    found = []
    for train, known, test, new in read.values():
        labelled, asked = vectors(known, new)
        found.append(_accuracy(predict(labelled, train.senses, asked)[rule], test.senses))
    return float(np.mean(found))


def _accuracy(predicted: np.ndarray, senses: tuple[str, ...]) -> float:
    return float(np.mean([one == other for one, other in zip(predicted, senses, strict=True)]))


def most_frequent(read: Read) -> float:
    shares = []
    for train, _, test, _ in read.values():
        top = max(sorted(set(train.senses)), key=train.senses.count)
        shares.append(test.senses.count(top) / len(test.senses))
    return float(np.mean(shares))


def test_position_alone_cannot_tell_senses(shared_data: Path) -> None:
    read = coarse(shared_data)
    found, frequent = macro(read, layer(0), ONE), most_frequent(read)
    told("CoarseWSD, layer 0, 1-NN macro", "<= .65", f"{found:.3f} (most frequent sense {frequent:.3f})", found <= 0.65)


def test_the_last_layer_tells_senses(shared_data: Path) -> None:
    one, centre = (macro(coarse(shared_data), layer(LAST), rule) for rule in (ONE, CENTROID))
    told(
        "CoarseWSD, layer 6, 1-NN / centroid macro",
        ">= .905 / .905",
        f"{one:.3f} / {centre:.3f}",
        min(one, centre) >= 0.905,
    )


def test_the_best_offered_recipe(shared_data: Path) -> None:
    read = coarse(shared_data)
    offered = {f"layer {n} z": scored(n) for n in range(1, 7)} | {
        "last four": _last_four,
        "last four z": scored("last_four"),
    }
    found = {name: macro(read, vectors, FIVE) for name, vectors in offered.items()}
    best = max(found, key=lambda name: found[name])
    every = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
    told(
        "CoarseWSD, best offered recipe, 5-NN macro",
        ">= .930",
        f"{found[best]:.3f} ({best}; {every})",
        found[best] >= 0.93,
    )


def _last_four(train: SenseVectors, test: SenseVectors) -> tuple[np.ndarray, np.ndarray]:
    return at_layer(train.layers, "last_four"), at_layer(test.layers, "last_four")


def test_it_knows_more_than_the_other_words(shared_data: Path) -> None:
    read = coarse(shared_data)
    own, others, whole = (macro(read, one, ONE) for one in (layer(LAST), control(CONTEXT), control(SENTENCE)))
    seen = f"{own - others:+.3f} ({own:.3f} against {others:.3f}; sentence vector {whole:.3f})"
    told("CoarseWSD, layer 6 minus static context, 1-NN macro", ">= +.03", seen, own - others >= 0.03)


def test_few_examples(shared_data: Path) -> None:
    three, ten = (_few(coarse(shared_data), count) for count in (3, 10))
    told("CoarseWSD, centroid of 3 / 10 examples a sense, layer 6", ">= .82 / .88", f"{three:.3f} / {ten:.3f}",
         three >= 0.82 and ten >= 0.88)  # fmt: skip


def _few(read: Read, count: int, draws: int = 5) -> float:
    found = []
    for train, known, test, new in read.values():
        names = np.asarray(train.senses)
        for draw in range(draws):
            random = np.random.default_rng(draw)
            rows = np.concatenate([random.permutation(np.flatnonzero(names == s))[:count] for s in sorted(set(names))])
            chosen = predict(known.layers[rows, LAST], names[rows].tolist(), new.layers[:, LAST])
            found.append(_accuracy(chosen[CENTROID], test.senses))
    return float(np.mean(found))


def test_clusters(shared_data: Path) -> None:
    found = []
    for _, _, test, new in coarse(shared_data).values():
        names = np.asarray(test.senses)
        random = np.random.default_rng(0)
        rows = np.concatenate([random.permutation(np.flatnonzero(names == s))[:60] for s in sorted(set(names))])
        made = clustering(unit(new.layers[rows, LAST]), names[rows].tolist(), len(set(names)), blobs=False)
        found.append((made.ari or 0.0, made.purity or 0.0))
    ari, pure = np.mean(found, axis=0)
    told("CoarseWSD, clusters, ARI / purity, layer 6, k known", ">= .48 / .84", f"{ari:.3f} / {pure:.3f}",
         ari >= 0.48 and pure >= 0.84)  # fmt: skip


def test_another_domain(shared_data: Path) -> None:
    read, right = coarse(shared_data), []
    subject = Subject(bundled())
    for word, test in out_of_domain(shared_data).items():
        train, known, _, _ = read[word]
        new = word_vectors(subject, test.occurrences).layers[:, LAST]
        chosen = predict(known.layers[:, LAST], train.senses, new)[ONE]
        right += [one == other for one, other in zip(chosen, test.senses, strict=True)]
    told("CoarseWSD out of domain, layer 6, 1-NN", "no limit", f"{np.mean(right):.3f} of {len(right)}", True)


def test_homographs(shared_data: Path) -> None:
    found = macro(spoken(shared_data), layer(L4), ONE)
    told("Wikipedia homographs, layer 4, 1-NN macro", ">= .935", f"{found:.3f}", found >= 0.935)


def _pairs(subject: Subject, pairs: list[Pair]) -> tuple[WordVectors, WordVectors]:
    return word_vectors(subject, [pair.one for pair in pairs]), word_vectors(subject, [pair.two for pair in pairs])


def test_words_in_context_stay_near_chance(subject: Subject, shared_data: Path) -> None:
    train, dev = (words_in_context(shared_data, part) for part in ("train", "dev"))
    known, new = _pairs(subject, train), _pairs(subject, dev)
    found = {}
    for number in range(subject.layers + 1):
        at = [_threshold(_cosines(known, number), train), None]
        found[number] = float(np.mean((_cosines(new, number) > at[0]) == [pair.same for pair in dev]))
    best = max(found.values())
    every = ", ".join(f"L{number} {value:.3f}" for number, value in found.items())
    told("WiC dev, threshold from train, best layer", ">= .575", f"{best:.3f} ({every})", best >= 0.575)


def _cosines(vectors: tuple[WordVectors, WordVectors], number: int, standard: Standard | None = None) -> np.ndarray:
    one, two = (part.layers[:, number] for part in vectors)
    return paired_cosines(standard.score(one), standard.score(two)) if standard else paired_cosines(one, two)


def _threshold(cosines: np.ndarray, pairs: list[Pair]) -> float:
    """The cosine above which calling a pair the same is most often right."""
    order = np.argsort(cosines)
    same = np.array([pair.same for pair in pairs])[order]
    right = np.concatenate([[same.sum()], same.sum() + np.cumsum(1 - 2 * same.astype(int))])
    best = int(right.argmax())
    return float(cosines[order[best - 1]]) if best else -1.0


def test_relatedness_as_people_see_it(subject: Subject, shared_data: Path) -> None:
    from sklearn.metrics import roc_auc_score

    pairs = raw_c(shared_data)
    vectors, same = _pairs(subject, pairs), [pair.same for pair in pairs]
    found = {}
    for number in range(subject.layers + 1):
        standard = Standard.of(np.concatenate([part.layers[:, number] for part in vectors]))
        found[number] = float(roc_auc_score(same, _cosines(vectors, number, standard)))
    best = max(found.values())
    every = ", ".join(f"L{number} {value:.3f}" for number, value in found.items())
    told("RAW-C, AUC of the best layer, z-scored", ">= .73", f"{best:.3f} ({every})", best >= 0.73)
    static = paired_cosines(vectors[0].static, vectors[1].static)
    alike = np.array([pair.same_form for pair in pairs])
    told(
        "static row, two occurrences of one form, cosine",
        ">= .9999",
        f"{static[alike].min():.6f}",
        static[alike].min() >= 0.9999,
    )
    area = float(roc_auc_score(same, static.round(6)))
    told("RAW-C, AUC of the static row", ".500", f"{area:.3f}", abs(area - 0.5) < 0.0005)


MEASURED = (0.060, 0.140, 0.150, 0.160, 0.190, 0.274, 0.025)  # random pairs by layer, from another draw and program


def test_geometry(subject: Subject, shared_data: Path) -> None:
    from core.inspection.geometry.measuring import measure
    from core.inspection.geometry.result import Settings

    texts = [one.text for train, _ in coarse_wsd(shared_data).values() for one in train.most(77).occurrences]
    found = measure(subject, texts, Settings(occurrences=20)).layers
    adjusted = [one.self_similarity_adjusted for one in found]
    falls = all(later < sooner for sooner, later in zip(adjusted, adjusted[1:], strict=False))
    told("adjusted self-similarity falls from layer 0 to 6", "yes", ", ".join(f"{one:.3f}" for one in adjusted), falls)
    gaps = [abs(one.baseline - wanted) for one, wanted in zip(found, MEASURED, strict=True)]
    seen = ", ".join(f"{one.baseline:.3f}" for one in found)
    told("baseline of random pairs by layer", f"within .03 of {MEASURED}", seen, max(gaps) <= 0.03)
