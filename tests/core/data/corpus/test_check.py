"""The report and the corpus on disk, worked by hand; the same in a child process, and in little memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.data.corpus.check import check
from core.data.corpus.check_child import check_in_child
from core.data.corpus.extract import extract
from core.data.corpus.extraction.contract import Extracted
from core.data.corpus.options import CorpusOptions
from core.data.corpus.report import CorpusReport
from core.data.corpus.store import open_corpus
from core.data.sandbox import Limits

LONG = " ".join(f"w{number}" for number in range(40))
NEAR = LONG.replace("w0 ", "other ")
TEXT = f"One two. Three!\n\nOne two. Three!\n\n{LONG}.\n\n{NEAR}.\n\nBad \ufffd byte.\n"


def extracted(folder: Path, **files: str) -> Extracted:
    paths = []
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        paths.append((folder / f"{name}.txt", f"{name}.txt"))
    return extract(paths, folder / "raw", CorpusOptions())


def report(folder: Path, text: str = TEXT, tokenizer: Path | None = None, **options: object) -> CorpusReport:
    folder.mkdir(exist_ok=True)
    chosen = CorpusOptions(**{"holdout": 0.0, **options})  # type: ignore[arg-type]
    return check(extracted(folder, a=text), chosen, out=folder / "out", tokenizer=tokenizer)


def sentences(folder: Path, split: str = "train") -> list[tuple[int, tuple[str, ...]]]:
    return [(one.number, one.sentences) for one in open_corpus(folder).documents(split)]  # type: ignore[arg-type]


def test_the_counts_by_hand(tmp_path: Path) -> None:
    told = report(tmp_path)
    assert (told.documents_in, told.documents, told.empty) == (5, 5, 0)
    assert (told.sentences, told.words) == (7, 3 + 3 + 40 + 40 + 3)
    assert told.characters == 2 * (8 + 6) + len(LONG) + len(NEAR) + 2 + 11
    assert told.replaced == 1 and told.replaced_share == pytest.approx(1 / told.characters)
    assert told.duplicates == 1 and told.splits == {"train": 7, "holdout": 0}
    words = told.lengths["words"]
    assert words["longest"] == 40 and words["median"] == 2 and sum(one["count"] for one in words["bins"]) == 7
    assert told.preview[0]["sentences"] == ["One two.", "Three!"] and told.can_save


def test_near_duplicates_are_told_with_their_similarity(tmp_path: Path) -> None:
    [group] = report(tmp_path).near_duplicates
    assert group["documents"] == 2 and group["similarity"] == pytest.approx(35 / 37, abs=1e-4)
    assert [member["document"] for member in group["members"]] == [2, 3]


def test_one_of_each_is_kept_on_request_and_all_are_accounted_for(tmp_path: Path) -> None:
    told = report(tmp_path, drop_duplicates=True, drop_near_duplicates=True)
    assert (told.documents, told.dropped_duplicates, told.dropped_near_duplicates) == (3, 1, 1)
    assert told.documents_in == told.documents + told.empty + told.dropped_duplicates + told.dropped_near_duplicates
    assert [number for number, _ in sentences(tmp_path / "out")] == [0, 2, 4]


def test_the_corpus_and_its_facts(tmp_path: Path) -> None:
    told = report(tmp_path)
    facts = json.loads((tmp_path / "out" / "corpus.json").read_text())
    assert facts["content_hash"] == told.content_hash and facts["sources"][0]["name"] == "a.txt"
    assert CorpusReport.from_json(json.loads((tmp_path / "out" / "report.json").read_text())) == told
    assert sentences(tmp_path / "out")[0] == (0, ("One two.", "Three!"))
    assert not (tmp_path / "out-draft").exists()


def test_the_hash_is_of_sentences_and_splits_alone(tmp_path: Path) -> None:
    one = report(tmp_path / "a")
    assert report(tmp_path / "b", TEXT.replace("\n", "\r\n")).content_hash == one.content_hash
    assert report(tmp_path / "c", TEXT.replace("Three", "Four")).content_hash != one.content_hash
    assert report(tmp_path / "d", documents="file").content_hash != one.content_hash
    assert report(tmp_path / "e", holdout=0.2, holdout_by="documents").content_hash != one.content_hash


def test_passages_keep_their_number_and_order_and_nothing_is_lost(tmp_path: Path) -> None:
    text = " ".join(f"Sentence number {number} here." for number in range(200))
    told = report(tmp_path, text, holdout=0.1)
    assert told.holdout["by"] == "passages" and told.splits == {"train": 180, "holdout": 20}
    train, held = sentences(tmp_path / "out"), sentences(tmp_path / "out", "holdout")
    assert {number for number, _ in [*train, *held]} == {0} and len(held) == told.holdout["passages"]
    places = [int(sentence.split()[2]) for _, part in train for sentence in part]
    assert places == sorted(places)
    assert sorted(places + [int(one.split()[2]) for _, part in held for one in part]) == list(range(200))
    for _, part in held:
        numbers = [int(one.split()[2]) for one in part]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_twins_never_stand_on_both_sides(tmp_path: Path) -> None:
    twins = "\n\n".join(f"Twin {n % 12} says a b c d e f g {n % 12}." for n in range(48))
    for seed in range(5):
        report(tmp_path / str(seed), twins, holdout=0.3, holdout_by="documents", seed=seed)
        out = tmp_path / str(seed) / "out"
        train, held = ({text for _, text in sentences(out, split)} for split in ("train", "holdout"))
        assert held and not train & held


def test_nothing_to_save_is_a_blocker(tmp_path: Path) -> None:
    told = report(tmp_path, " \n")
    assert not told.can_save and told.blockers == ("No sentence was found in the text.",)
    assert (told.documents_in, told.empty) == (1, 1)
    nothing = check(Extracted((), ()), CorpusOptions(), out=tmp_path / "nothing")
    assert not nothing.can_save


def test_word_pieces_of_a_sample(tmp_path: Path) -> None:
    from core.encoding import base_models

    told = report(tmp_path, "The bank.\n\nA riverbank!", tokenizer=base_models.bundled() / "tokenizer.json")
    assert told.lengths["pieces"]["measured"] == 2 and told.lengths["pieces"]["longest"] == 4  # a river ##bank !


def test_the_same_in_a_child(tmp_path: Path) -> None:
    here = report(tmp_path)
    seen: list[str] = []
    there = check_in_child(
        extracted(tmp_path, a=TEXT), CorpusOptions(holdout=0.0), out=tmp_path / "child",
        on_progress=lambda progress: seen.append(progress.phase),
    )  # fmt: skip
    assert there == here and any("near-duplicates" in phase for phase in seen)


@pytest.mark.slow
@pytest.mark.parametrize("between", ["\n\n", " "], ids=["many documents", "one document, one line"])
def test_memory_does_not_grow_with_the_text(tmp_path: Path, between: str) -> None:
    """Forty megabytes through a child that may address 600 MB, of which its libraries take 450."""
    document = " ".join(f"Word {number} of a line." for number in range(250))
    path = tmp_path / "big.txt"
    with path.open("w") as out:
        for number in range(40_000_000 // len(document)):
            out.write(f"Document {number} begins. {document}{between}")
    found = extract([(path, "big.txt")], tmp_path / "raw", CorpusOptions())
    limits = Limits(memory=600_000_000, cpu_seconds=300, wall_seconds=600.0, file_size=4_000_000_000)
    told = check_in_child(found, CorpusOptions(), out=tmp_path / "out", limits=limits)
    assert told.sentences > 1_000_000 and told.can_save


def test_named_files_are_held_out_whole_and_the_options_come_back(tmp_path: Path) -> None:
    sources = extracted(tmp_path, a="One two. Three!", b="Four five.\n\nSix.", c="Seven eight.")
    chosen = CorpusOptions(holdout_by="files", holdout_files=("b.txt",))
    told = check(sources, chosen, out=tmp_path / "out")
    assert told.holdout["by"] == "files" and told.split_documents == {"train": 2, "holdout": 2}
    assert [text for _, part in sentences(tmp_path / "out", "holdout") for text in part] == ["Four five.", "Six."]
    assert CorpusOptions.from_json(told.options) == chosen
