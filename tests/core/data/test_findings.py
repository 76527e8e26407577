"""Each finding on a small table made for it, its repair, and what the repair leaves."""

from __future__ import annotations

import pytest

from core.data.column_mapping import ColumnMapping
from core.data.findings.damaged_text import mend_mojibake, strip_controls, unescape

MULTI = ColumnMapping("text", "label", multi_label=True)


@pytest.fixture
def add(two_classes):
    """The clean table with more rows (text, label) after it; the first added row is line 42."""

    def build(*rows):
        return {
            "text": two_classes["text"] + [text for text, _ in rows],
            "label": two_classes["label"] + [label for _, label in rows],
        }

    return build


def test_blank_texts_and_labels_are_rejected(checked, add):
    found = checked(add((" \u200b", "good"), ("fine", "  "), ("\x00\x01", "bad")))
    assert found.report.finding("empty_texts").count == 2 and found.report.finding("empty_labels").count == 1
    assert [(row["line"], row["reason"]) for row in found.rejected] == [
        ("42", "empty text"), ("43", "empty label"), ("44", "empty text"),
    ]  # fmt: skip
    assert found.report.reasons == {"empty text": 2, "empty label": 1}
    assert found.report.finding("empty_labels").samples[0] == {
        "file": "train", "line": 43, "reason": "empty label", "text": "fine",
    }  # fmt: skip


def test_duplicates_keep_the_first(checked, add):
    columns = add(("GOOD text  number 3", "good"), ("good text number 3", "good"))
    found = checked(columns).report.finding("duplicate_texts")
    assert (found.count, [sample["line"] for sample in found.samples]) == (2, [42, 43])
    assert found.repair.key == "keep_first_duplicate" and not found.repair.applied
    after = checked(columns, repairs=("keep_first_duplicate",))
    assert after.report.kept == 40 and after.report.repairs == ("keep_first_duplicate",)
    told = after.report.finding("duplicate_texts")
    assert told.repair.applied and told.severity == "info"


def test_two_labels_for_one_text(checked, add):
    """Three rows say x is good, one that it is bad; two level rows disagree about y."""
    rows = [("x", "good"), ("X", "good"), ("x ", "bad"), ("x", "good"), ("y", "good"), ("y", "bad")]
    found = checked(add(*rows)).report.finding("conflicting_labels")
    assert (found.count, found.severity) == (6, "error")
    assert [sample["line"] for sample in found.samples] == [42, 43, 44, 45, 46, 47]
    assert [repair.key for repair in found.repairs] == ["drop_conflicts", "keep_majority_label"]
    assert checked(add(*rows), repairs=("drop_conflicts",)).report.kept == 40
    majority = checked(add(*rows), repairs=("keep_majority_label",))
    assert majority.report.kept == 43 and [row["line"] for row in majority.rejected] == ["44", "46", "47"]
    both = checked(add(*rows), repairs=("keep_first_duplicate", "keep_majority_label"))
    assert both.report.kept == 41, "the majority is counted before copies are dropped"


def test_spellings_of_a_label(checked, add):
    columns = add(("m", "Good"), ("n", "good "), ("o", "GOOD"), ("p", "GOOD"))
    found = checked(columns).report.finding("label_spelling")
    assert found.count == 4 and found.samples == (
        {"keep": "good", "rows": 20, "merge": "'GOOD' (2), 'Good' (1), 'good ' (1)"},
    )
    assert checked(columns).report.labels == ("GOOD", "Good", "bad", "good", "good ")
    after = checked(columns, repairs=("merge_label_spellings",)).report
    assert after.labels == ("bad", "good") and after.can_save


def test_whole_numbers_written_with_a_point_are_one_label_but_a_leading_zero_is_not(checked, add):
    rows = [(f"t{n}", label) for n, label in enumerate(["1"] * 6 + ["1.0"] * 3 + ["01"] * 3)]
    assert checked(add(*rows), repairs=("merge_label_spellings",)).report.labels == ("01", "1", "bad", "good")


def test_a_class_too_small_to_split_blocks_until_it_is_dropped_or_kept_in_training(checked, add):
    columns = add(("rare one", "rare"), ("rare two", "rare"), ("Rare  TWO", "rare"))
    report = checked(columns).report
    assert not report.can_save and report.finding("small_classes").samples == ({"label": "rare", "distinct_texts": 2},)
    assert "fewer than 3 distinct texts" in report.blockers[0] and "validation and test" in report.blockers[0]
    dropped = checked(columns, repairs=("drop_small_classes",)).report
    assert dropped.can_save and dropped.labels == ("bad", "good")
    kept = checked(columns, repairs=("small_classes_to_train",)).report
    assert kept.can_save and kept.class_counts["rare"] == {"train": 3, "validation": 0, "test": 0}
    assert kept.finding("labels_missing_in_test").count == 1


def test_two_texts_are_enough_with_a_test_file(checked, add):
    test = {"text": ["new rare", "new good", "new bad"], "label": ["rare", "good", "bad"]}
    report = checked(add(("rare one", "rare"), ("rare two", "rare")), test=test).report
    assert report.can_save and report.class_counts["rare"] == {"train": 1, "validation": 1, "test": 1}


def test_texts_shared_with_the_test_file(checked, two_classes):
    test = {"text": ["good text number 1", "BAD text  number 2", "quite new"], "label": ["good", "bad", "bad"]}
    found = checked(two_classes, test=test)
    leak = found.report.finding("leaks")
    assert leak.count == 2 and "1 letter by letter, 1 but for case and blanks" in leak.explanation
    assert found.report.splits["test"] == 3, "the user's test rows stay as they are"
    assert found.report.kept == 41 and {row["line"] for row in found.rejected} == {"3", "24"}
    assert {row["reason"] for row in found.rejected} == {"text also stands in the test or validation rows"}


def test_a_leak_between_the_users_own_splits(checked, add):
    columns = {**add(("good text number 0", "good")), "split": ["train"] * 40 + ["test"]}
    mapping = ColumnMapping("text", "label", split="split")
    after = checked(columns, mapping)
    assert after.report.finding("leaks").count == 1
    assert [row["line"] for row in after.rejected] == ["2"] and after.report.splits["test"] == 1


def test_unknown_split_names_block(checked, two_classes):
    columns = {**two_classes, "split": ["train"] * 38 + ["hold", "tset"]}
    mapping = ColumnMapping("text", "label", split="split")
    report = checked(columns, mapping).report
    assert not report.can_save and report.finding("unknown_splits").count == 2
    assert checked(columns, mapping, repairs=("split_unknown_rows",)).report.splits == {
        "train": 32, "validation": 4, "test": 4,
    }  # fmt: skip
    assert checked(columns, mapping, repairs=("drop_unknown_splits",)).report.kept == 38


def test_one_class_blocks(checked):
    report = checked({"text": [f"t{n}" for n in range(20)], "label": ["same"] * 20}).report
    assert not report.can_save and "only the label 'same'" in report.blockers[0]


def test_a_label_column_full_of_ids_blocks(checked):
    report = checked({"text": [f"t{n}" for n in range(1200)], "label": [f"r{n}" for n in range(1200)]}).report
    assert not report.can_save and len(report.blockers) == 1 and "looks like an id" in report.blockers[0]
    assert len(report.labels) == len(report.class_counts) == 1000, "a report that cannot be saved stays small"


def test_uneven_classes(checked):
    labels = ["big"] * 90 + ["small"] * 9
    found = checked({"text": [f"t{n}" for n in range(99)], "label": labels}).report.finding("class_imbalance")
    assert found.count == 1 and "90.9 % of the rows" in found.explanation
    assert found.samples[0] == {"label": "small", "rows": 9}


def test_labels_that_only_the_test_file_has_block(checked, two_classes):
    test = {"text": ["n1", "n2", "n3"], "label": ["good", "bad", "ugly"]}
    report = checked(two_classes, test=test).report
    assert not report.can_save and "'ugly'" in report.blockers[0]
    after = checked(two_classes, test=test, repairs=("drop_unlearnt_labels",)).report
    assert after.can_save and after.labels == ("bad", "good") and after.rejected == 1


def test_labels_that_the_test_file_lacks_are_told(checked, two_classes):
    found = checked(two_classes, test={"text": ["n1"], "label": ["good"]}).report.finding("labels_missing_in_test")
    assert found.samples == ({"label": "bad", "missing_in": "test"},)


def test_nearly_empty_texts(checked, add):
    found = checked(add(("?!", "good"), ("a", "bad"), ("ok", "good"), ("好吃", "good"), ("\U0001f600", "good")))
    assert [sample["line"] for sample in found.report.finding("near_empty").samples] == [42, 43, 46]
    assert checked(add(("?!", "good")), repairs=("drop_near_empty",)).report.kept == 40


@pytest.mark.parametrize(
    ("mend", "text", "mended"),
    [
        (unescape, "fish &amp; chips &#39;n&#x27; peas", "fish & chips 'n' peas"),
        (unescape, "twice &amp;lt;3", "twice <3"),
        (unescape, "AT&T; R&D &nosuch; 3 & 4", "AT&T; R&D &nosuch; 3 & 4"),
        (mend_mojibake, "cafÃ© naÃ¯ve â€œhiâ€\x9d donâ€™t", "café naïve “hi” don’t"),
        (mend_mojibake, "ðŸ˜€ fine", "\U0001f600 fine"),
        (mend_mojibake, "cafÃƒÂ©", "café"),
        (mend_mojibake, "Straße, élève, Ã alone, naïve", "Straße, élève, Ã alone, naïve"),
        (mend_mojibake, "try 4txt/Ì¼1.20", "try 4txt/Ì¼1.20"),
        (mend_mojibake, "日本語とрусский", "日本語とрусский"),
        (strip_controls, "a\x00b\x1b[0m\ufeff it\x92s", "ab[0m it’s"),
        (strip_controls, "tab\tnew\nline \u200d kept", "tab\tnew\nline \u200d kept"),
    ],
)
def test_damaged_texts_are_mended_and_sound_ones_left(mend, text, mended):
    assert mend(text) == mended


def test_damage_is_found_shown_and_mended(checked, add):
    columns = add(("cafÃ© &amp; bar", "good"), ("a\x00b", "bad"))
    report = checked(columns).report
    assert [report.finding(key).count for key in ("html_entities", "mojibake", "control_characters")] == [1, 1, 1]
    assert report.finding("html_entities").samples[0]["mended"] == "cafÃ© & bar"
    after = checked(columns, repairs=("decode_html_entities", "mend_mojibake", "strip_control_characters"))
    assert after.rows["text"].tolist()[-2:] == ["café & bar", "ab"]


def test_mended_texts_are_compared_anew(checked, add):
    columns = add(("good text&#32;number 3", "good"))
    assert checked(columns).report.finding("duplicate_texts") is None
    assert checked(columns, repairs=("decode_html_entities",)).report.finding("duplicate_texts").count == 1


def test_lost_characters_are_told(checked, add):
    assert checked(add(("caf\ufffd", "good"))).report.finding("lost_characters").count == 1


def test_several_labels_a_row(checked):
    texts = [f"text {n}" for n in range(60)]
    labels = ["joy|love", "fear", "[]"] * 20
    found = checked({"text": texts, "label": labels}, MULTI)
    assert found.report.problem_type == "multi_label" and found.report.labels == ("fear", "joy", "love")
    assert found.rows["label"].iloc[0].tolist() == ["joy", "love"] and found.rows["label"].iloc[2].tolist() == []
    assert found.report.class_counts["joy"] == {"train": 16, "validation": 2, "test": 2}


def test_a_small_label_of_several_warns_and_its_repair_takes_only_the_label(checked):
    columns = {"text": [f"text {n}" for n in range(40)], "label": ["joy|rare", *["joy", "fear"] * 19, "rare"]}
    report = checked(columns, MULTI).report
    assert report.can_save and report.finding("small_classes").severity == "warning"
    after = checked(columns, MULTI, repairs=("drop_small_classes",))
    assert after.report.labels == ("fear", "joy") and [row["line"] for row in after.rejected] == ["41"]


def test_columns_of_zeros_and_ones(checked):
    columns = {"text": [f"text {n}" for n in range(30)], "joy": ["1", "0", "1"] * 10, "fear": ["0", "1", "x"] * 10}
    found = checked(columns, ColumnMapping("text", ("joy", "fear")))
    assert found.report.kept == 20 and found.report.finding("unreadable_cells").count == 10
    assert found.rejected[0]["reason"] == "label column 'fear' holds 'x' where 0 or 1 was wanted"


def test_weights_that_are_no_numbers_are_rejected(checked, two_classes):
    columns = {**two_classes, "w": ["1"] * 37 + ["heavy", "-1", "inf"]}
    found = checked(columns, ColumnMapping("text", "label", weight="w"))
    assert found.report.rejected == 3 and found.rows["weight"].tolist() == [1.0] * 37
