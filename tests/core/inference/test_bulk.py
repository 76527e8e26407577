"""A whole table: rows out are rows in, in order, resumed after a kill, stopped on request, in constant memory."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import Stopped, UserProblem
from core.inference import folder as model_folder
from core.inference.bulk import BulkOptions, classify_file
from core.inference.classifier import Classifier
from core.progress import Progress
from tests.core.inference.conftest import LABELS, TEXTS

ROOT = Path(__file__).resolve().parents[3]


def table(folder: Path, columns: dict[str, list[str]], group: int = 50) -> Path:
    size = len(next(iter(columns.values())))
    path = folder / "table.parquet"
    pq.write_table(pa.table({**columns, "__line__": list(range(2, size + 2))}), path, row_group_size=group)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_columns_rows_and_values(classifier, tmp_path: Path) -> None:
    texts = [*TEXTS, "", "  \t", *TEXTS[:5]]
    ids = [str(number) for number in range(len(texts))]
    source = table(tmp_path, {"id": ids, "text": texts})
    out = tmp_path / "out.csv"
    result = classify_file(classifier, source, out, BulkOptions("text", model="food/3", chunk_rows=32))
    rows = read(out)
    wanted = classifier.predict(texts)
    assert list(rows[0]) == [
        "id", "text", "prediction", "score", *(f"prob_{label}" for label in LABELS),
        "needs_review", "truncated", "model",
    ]  # fmt: skip
    assert [row["id"] for row in rows] == ids and [row["text"] for row in rows] == texts
    for place, row in enumerate(rows):
        if not texts[place].strip():
            assert (row["prediction"], row["score"], row["prob_good"], row["needs_review"]) == ("", "", "", "true")
            continue
        assert row["prediction"].removeprefix("'") == wanted.labels()[place]
        found = [float(row[f"prob_{label}"]) for label in LABELS]
        assert found == pytest.approx(wanted.probabilities[place].tolist(), abs=2e-6)
        assert row["needs_review"] == str(bool(wanted.needs_review()[place])).lower()
        assert row["truncated"] == str(bool(wanted.truncated[place])).lower()
        assert row["model"] == "food/3"
    assert (result.rows, result.table_rows, result.empty, result.stopped) == (len(texts), len(texts), 2, False)
    assert sum(result.counts.values()) == len(texts) - 2
    assert result.truncated == sum(row["truncated"] == "true" for row in rows)
    assert result.needs_review == sum(row["needs_review"] == "true" for row in rows)


def test_several_labels_and_pairs(scorer, tmp_path: Path) -> None:
    classifier = Classifier(scorer, ("a", "b", "c"), "multi_label")
    source = table(tmp_path, {"one": list(TEXTS), "two": list(TEXTS[::-1])})
    classify_file(classifier, source, tmp_path / "out.csv", BulkOptions("one", "two"))
    wanted = classifier.predict(TEXTS, TEXTS[::-1]).labels()
    assert [row["prediction"] for row in read(tmp_path / "out.csv")] == ["|".join(labels) for labels in wanted]


def test_cells_are_safe_for_a_spreadsheet_unless_asked_not_to(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"=head": ["-5", "@x"], "text": ["=HYPERLINK(1)", "+good\n\"quoted\", 'pizza'"]})
    classify_file(tfidf_classifier, source, tmp_path / "safe.csv", BulkOptions("text"))
    classify_file(tfidf_classifier, source, tmp_path / "raw.csv", BulkOptions("text", spreadsheet_safe=False))
    safe, raw = read(tmp_path / "safe.csv"), read(tmp_path / "raw.csv")
    assert [row["'=head"] for row in safe] == ["-5", "'@x"]
    assert [row["text"] for row in safe] == ["'=HYPERLINK(1)", "'+good\n\"quoted\", 'pizza'"]
    assert [row["text"] for row in raw] == ["=HYPERLINK(1)", "+good\n\"quoted\", 'pizza'"]
    assert [row["=head"] for row in raw] == ["-5", "@x"]


def test_byte_order_mark_on_request(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"text": ["naïve 味道"]})
    classify_file(tfidf_classifier, source, tmp_path / "bom.csv", BulkOptions("text", bom=True))
    classify_file(tfidf_classifier, source, tmp_path / "plain.csv", BulkOptions("text"))
    marked, plain = (tmp_path / "bom.csv").read_bytes(), (tmp_path / "plain.csv").read_bytes()
    assert marked == b"\xef\xbb\xbf" + plain and "naïve 味道" in plain.decode()


def test_a_column_with_our_name_gives_way_and_is_told(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"prediction": ["x"], "text": ["good"]})
    result = classify_file(tfidf_classifier, source, tmp_path / "out.csv", BulkOptions("text"))
    assert result.renamed == {"prediction": "input_prediction"}
    assert list(read(tmp_path / "out.csv")[0])[:3] == ["input_prediction", "text", "prediction"]


def test_an_unknown_column_is_a_problem_before_anything_is_written(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"text": ["good"]})
    with pytest.raises(UserProblem, match="no column 'body'.*'text'"):
        classify_file(tfidf_classifier, source, tmp_path / "out.csv", BulkOptions("body"))
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


def test_an_empty_table_gives_a_header(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"text": []})
    assert classify_file(tfidf_classifier, source, tmp_path / "out.csv", BulkOptions("text")).rows == 0
    assert (tmp_path / "out.csv").read_text().startswith("text,prediction,score")


def test_progress_tells_rate_and_time_left(tfidf_classifier, tmp_path: Path) -> None:
    reports: list[Progress] = []
    source = table(tmp_path, {"text": list(TEXTS)})
    options = BulkOptions("text", chunk_rows=40)
    classify_file(tfidf_classifier, source, tmp_path / "out.csv", options, report=reports.append)
    assert reports[-1].step == reports[-1].steps == len(TEXTS)
    assert [report.step for report in reports] == sorted({report.step for report in reports})
    assert all(report.rate and report.rate > 0 for report in reports)
    assert reports[0].seconds_left and reports[-1].seconds_left == 0


def test_stopping_keeps_what_there_is_or_raises(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"text": list(TEXTS)})
    options = BulkOptions("text", chunk_rows=40)
    answers = iter([None, "keep_best"])
    result = classify_file(tfidf_classifier, source, tmp_path / "a.csv", options, should_stop=lambda: next(answers))
    assert result.stopped and result.rows == 40 == len(read(tmp_path / "a.csv"))
    answers = iter([None, "discard"])
    with pytest.raises(Stopped):
        classify_file(tfidf_classifier, source, tmp_path / "b.csv", options, should_stop=lambda: next(answers))
    assert not (tmp_path / "b.csv").exists()


def test_going_on_gives_the_same_file_as_never_having_stopped(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"text": list(TEXTS)})
    options = BulkOptions("text", chunk_rows=40)
    whole = classify_file(tfidf_classifier, source, tmp_path / "whole.csv", options)
    answers = iter([None, None, "discard"])
    with pytest.raises(Stopped):
        classify_file(tfidf_classifier, source, tmp_path / "cut.csv", options, should_stop=lambda: next(answers))
    again = classify_file(tfidf_classifier, source, tmp_path / "cut.csv", options)
    assert (tmp_path / "cut.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    same = {name: value for name, value in whole.to_json().items() if name not in ("seconds", "rows_per_second")}
    assert {**again.to_json(), **same} == again.to_json()


def test_another_model_does_not_go_on_with_the_file_of_the_first(tfidf_classifier, tmp_path: Path) -> None:
    source = table(tmp_path, {"text": list(TEXTS)})
    options = BulkOptions("text", chunk_rows=40, model="m/1")
    answers = iter([None, "discard"])
    with pytest.raises(Stopped):
        classify_file(tfidf_classifier, source, tmp_path / "o.csv", options, should_stop=lambda: next(answers))
    classify_file(tfidf_classifier, source, tmp_path / "o.csv", replace(options, model="m/2"))
    assert {row["model"] for row in read(tmp_path / "o.csv")} == {"m/2"}


RUN = """
import sys
from pathlib import Path
from core.inference import folder
from core.inference.bulk import BulkOptions, classify_file
model, table, out, rows = sys.argv[1:]
classify_file(folder.load(Path(model), verify=False), Path(table), Path(out), BulkOptions("text", chunk_rows=int(rows)))
"""


@pytest.mark.faults
def test_killed_in_the_middle_it_goes_on_and_gives_the_same_bytes(tfidf_classifier, tmp_path: Path) -> None:
    model_folder.save(tfidf_classifier, tmp_path / "model", golden_texts=TEXTS)
    source = table(tmp_path, {"text": [f"{text} {n}" for n in range(60) for text in TEXTS]}, group=5000)
    saved = model_folder.load(tmp_path / "model")
    classify_file(saved, source, tmp_path / "whole.csv", BulkOptions("text", chunk_rows=50))
    command = [sys.executable, "-c", RUN, str(tmp_path / "model"), str(source), str(tmp_path / "cut.csv"), "50"]
    kills = 0
    while not (tmp_path / "cut.csv").exists():
        child = subprocess.Popen(command, cwd=ROOT)
        before = rows_done(tmp_path)
        while child.poll() is None and (kills == 3 or rows_done(tmp_path) < before + 1000):
            time.sleep(0.01)
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
            kills += 1
        code = child.wait()
        assert code in (0, -signal.SIGKILL)
    assert kills == 3
    assert (tmp_path / "cut.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def rows_done(folder: Path) -> int:
    try:
        return int(json.loads((folder / "cut.csv.state.json").read_text())["tally"]["rows"])
    except FileNotFoundError:
        return 0


MEASURE = """
import json, sys, time
from pathlib import Path
import psutil
from core.inference import folder
from core.inference.bulk import BulkOptions, classify_file
model, table, out = map(Path, sys.argv[1:])
classifier, peak = folder.load(model, verify=False), 0
def watch(progress):
    global peak
    peak = max(peak, psutil.Process().memory_info().rss)
begun = time.perf_counter()
rows = classify_file(classifier, table, out, BulkOptions("text"), report=watch).rows
print(json.dumps({"rows": rows, "peak_mb": peak / 2**20, "seconds": time.perf_counter() - begun}))
"""


def measured(model: Path, folder: Path, rows: int) -> dict[str, float]:
    source, out = generated(folder, rows), folder / f"out-{rows}.csv"
    command = [sys.executable, "-c", MEASURE, str(model), str(source), str(out)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    with out.open("rb") as stream:
        assert sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")) == rows + 1
    out.unlink()
    return json.loads(answer.stdout)


def generated(folder: Path, rows: int) -> Path:
    """Distinct short texts, written in pieces so that the test itself stays small."""
    path = folder / f"table-{rows}.parquet"
    words = ("the", "pizza", "soup", "waiter", "was", "is", "good", "bad", "cold", "not", "very", "love")
    schema = pa.schema({"id": pa.string(), "text": pa.string(), "__line__": pa.int64()})
    rng = np.random.default_rng(0)
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, rows, 20_000):
            numbers = range(start, min(start + 20_000, rows))
            picked = rng.integers(0, len(words), (len(numbers), 6))
            texts = [" ".join(words[k] for k in row) + f" {n}" for n, row in zip(numbers, picked, strict=True)]
            writer.write_table(pa.table({"id": [str(n) for n in numbers], "text": texts, "__line__": numbers}, schema))
    return path


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tfidf_classifier, tmp_path: Path) -> None:
    model_folder.save(tfidf_classifier, tmp_path / "model", golden_texts=TEXTS)
    few, many = measured(tmp_path / "model", tmp_path, 50_000), measured(tmp_path / "model", tmp_path, 500_000)
    print(f"\npeak memory: {few['peak_mb']:.0f} MB for 50,000 rows, {many['peak_mb']:.0f} MB for 500,000 rows")
    assert many["peak_mb"] - few["peak_mb"] <= 30


@pytest.mark.benchmark
def test_a_million_rows(tfidf_classifier, tmp_path: Path) -> None:
    model_folder.save(tfidf_classifier, tmp_path / "model", golden_texts=TEXTS)
    found = measured(tmp_path / "model", tmp_path, 1_000_000)
    print(f"\n1,000,000 rows with tfidf: {found['seconds']:.0f} s, peak memory {found['peak_mb']:.0f} MB")
    assert found["rows"] == 1_000_000
