"""Raw text from files of this machine to a corpus version that nothing labelled accepts."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_world import add_reviews

from core.data.corpus.options import CorpusOptions
from core.data.corpus.store import open_corpus
from core.data.samples import CORPUS
from core.errors import UserProblem
from core.jobs import comparison, corpora, staging, submit
from registry import datasets
from registry.errors import Refused
from registry.records import DatasetVersion
from registry.session import Registry

TEXT = "The bank was closed. We left.\n\nThe river bank was wet!\n"


def add(registry: Registry, text: str = TEXT, name: str = "story") -> DatasetVersion:
    staged = staging.stage(registry, "story.txt", io.BytesIO(text.encode()))
    report = corpora.check(staged, CorpusOptions(holdout=0.0))
    return corpora.save(registry, staged, report, name=name, description="told", who="tester")


def test_a_saved_corpus_can_be_read_back_and_its_upload_is_gone(registry: Registry) -> None:
    version = add(registry)
    assert (version.spec, version.problem_type, version.labels) == ("story/1", "raw_text", ())
    assert version.rows == {"train": 3, "holdout": 0} and version.mapping["sentences"] == "closing_punctuation"
    assert version.report["sources"][0]["sha256"] and version.created_by == "tester"
    corpus = open_corpus(registry.artifacts.local(version.artifact))
    assert [one.sentences[0] for one in corpus.documents("train")] == [
        "The bank was closed.",
        "The river bank was wet!",
    ]
    names = {name for name, _, _ in version.artifact.files}
    assert names == {"corpus.json", "report.json", "train/part-00000.parquet"}
    assert list(registry.home.uploads.iterdir()) == []


def test_the_same_text_again_is_refused_and_other_text_is_the_next_version(registry: Registry) -> None:
    add(registry)
    with pytest.raises(Refused, match="story/1"):
        add(registry)
    assert add(registry, TEXT + "More.").spec == "story/2"


def test_a_name_stands_for_one_kind_of_data(registry: Registry) -> None:
    labelled = add_reviews(registry, rows=60)
    with pytest.raises(UserProblem, match="labelled rows"):
        add(registry, name=labelled.name)
    with registry.read() as session:
        assert len(datasets.versions(session, labelled.name)) == 1


def test_what_is_labelled_refuses_raw_text_in_a_sentence(registry: Registry) -> None:
    version = add(registry)
    with pytest.raises(UserProblem, match="story/1 is raw text without labels"):
        submit.labelled(version)
    with pytest.raises(UserProblem, match="raw text"):
        submit.fine_tune(registry, dataset="story", method="tfidf", base=None, name="m", parameters={}, who="tester")
    with pytest.raises(UserProblem, match="raw text"):
        submit.fits(None, version)  # type: ignore[arg-type]
    assert comparison.labelled is submit.labelled


def test_nothing_to_read_is_not_saved(registry: Registry) -> None:
    staged = staging.stage(registry, "a.txt", io.BytesIO(b"text\0text"))
    report = corpora.check(staged, CorpusOptions())
    assert [one["name"] for one in report.refused] == ["a.txt"]
    with pytest.raises(UserProblem, match="None of the 1 files could be read"):
        corpora.save(registry, staged, report, name="none", who="tester")


def test_a_corpus_cut_anew_is_not_saved_under_an_older_report(registry: Registry) -> None:
    staged = staging.stage(registry, "story.txt", io.BytesIO(TEXT.encode()))
    report = corpora.check(staged, CorpusOptions(holdout=0.0))
    corpora.check(staged, CorpusOptions(holdout=0.0, documents="file"))
    with pytest.raises(UserProblem, match="cut anew"):
        corpora.save(registry, staged, report, name="story", who="tester")


def test_a_folder_and_several_files_are_one_upload(registry: Registry, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        (tmp_path / "folder" / name).write_text(f"{name} says so.")
    (tmp_path / "a.txt").write_text("Another.")
    staged = corpora.stage_files(registry, [tmp_path / "folder", tmp_path / "a.txt"])
    found = corpora.extract(staged, CorpusOptions())
    assert staged.name == "3 files.zip" and [one.name for one in found.sources] == ["a.txt", "b.txt", "a (2).txt"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserProblem, match="no file in that folder"):
        corpora.stage_files(registry, [tmp_path / "empty"])


def test_files_are_read_anew_only_for_another_column_or_encoding(registry: Registry) -> None:
    staged = staging.stage(registry, "a.csv", io.BytesIO(b"one,two\nRed wine.,White wine.\nA port.,A harbour.\n"))
    first = corpora.extract(staged, CorpusOptions(column="one"))
    journal = staged.folder / "extracted" / "journal.jsonl"
    before = journal.stat().st_mtime_ns
    assert corpora.extract(staged, CorpusOptions(column="one", sentences="full_stop")) == first
    assert journal.stat().st_mtime_ns == before
    assert corpora.extract(staged, CorpusOptions(column="two")).sources[0].column == "two"
    assert json.loads((staged.folder / "extracted" / "asked.json").read_text())["column"] == "two"


def test_suggestions_and_the_preview_follow_the_files(registry: Registry) -> None:
    staged = staging.stage(registry, "story.txt", io.BytesIO(TEXT.encode()))
    found = corpora.extract(staged, CorpusOptions())
    options = corpora.suggested(found)
    assert options == CorpusOptions()
    assert [one["sentences"] for one in corpora.preview(found, options)] == [
        ["The bank was closed.", "We left."], ["The river bank was wet!"],
    ]  # fmt: skip
    [whole] = corpora.preview(found, replace(options, documents="file"))
    assert len(whole["sentences"]) == 3  # type: ignore[arg-type]
    book = b"x\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\nA story.\n"
    staged = staging.stage(registry, "book.txt", io.BytesIO(book))
    options = corpora.suggested(corpora.extract(staged, CorpusOptions()))
    assert options.strip_gutenberg and options.documents == "file"


def test_the_sample_is_a_small_clean_corpus(registry: Registry) -> None:
    staged = corpora.stage_files(registry, [CORPUS.path])
    report = corpora.check(staged, CorpusOptions())
    assert report.documents == 11 and 60 <= report.sentences <= 100
    assert (report.duplicates, report.near_duplicate_groups, report.replaced, report.long_sentences) == (0, 0, 0, 0)
    assert report.splits["holdout"] >= 4
