"""The view "Word associations": lists chosen, written, pasted and uploaded, kinds of vectors, what stands below."""

from __future__ import annotations

import pytest

from core.bias.measures import MEASURES
from core.jobs import models as jobs

KEY = "bias-words-lists"


def said(app) -> str:
    parts = (*app.caption, *app.info, *app.warning, *app.error, *app.markdown)
    titles = (str(part.proto.title) for part in (*app.warning, *app.error))
    return " ".join((*(str(part.value) for part in parts), *titles)).replace("\\", "").replace("\u2060", "")


@pytest.fixture
def page(opened):
    return opened("bias", view="words", model="all-MiniLM-L6-v2")


def write(app, role: str, place: int, name: str, words: str) -> None:
    draft = app.session_state[f"{KEY}-draft"]
    number = draft.of(role)[place - 1]
    app.text_input(key=f"{KEY}-box-{number}-name").set_value(name)
    app.text_area(key=f"{KEY}-box-{number}-words").set_value(words)


def test_a_shipped_list_stands_chosen_and_nothing_is_wrong(page) -> None:
    assert not page.exception
    assert page.multiselect(key=KEY).value == ["WEAT 6"]
    assert not page.button(key="bias-words-go").disabled


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("сестра, мать, дочь, женщина", "брат, отец, сын, мужчина"),
        ("她，女人，母亲，姐姐", "他、男人、父亲、哥哥"),
        ("هي، امرأة، أم، أخت", "هو، رجل، أب، أخ"),
    ],
)
def test_pasted_words_of_any_script_become_a_list(page, first: str, second: str) -> None:
    page.text_input(key=f"{KEY}-own-name").set_value("mine")
    write(page, "target", 1, "women", first)
    write(page, "target", 2, "men", second)
    write(page, "attribute", 1, "home", "a, b, c, d")
    write(page, "attribute", 2, "work", "e\nf\ng\nh")
    page.run()
    page.button(key=f"{KEY}-use").click().run()
    assert not page.exception
    assert page.multiselect(key=KEY).value == ["WEAT 6", "mine"]
    made = page.session_state["bias-own-lists"]["mine"]
    assert [len(one) for one in made.sets] == [4, 4, 4, 4]
    assert not page.button(key="bias-words-go").disabled
    assert "mine cannot be measured by input embedding: no word of women" in said(page)
    assert page.button(key="bias-words-go").label == "Measure, 5 results"  # two lists, three kinds, one left out


def test_misuse_is_told_and_the_button_waits(page) -> None:
    write(page, "target", 1, "women", "she, her, Grace")
    write(page, "target", 2, "men", "he, Grace")
    page.run()
    assert "Grace stands in both 'women' and 'men'." in said(page)
    assert page.button(key=f"{KEY}-use").disabled
    write(page, "target", 2, "women", "he, he, Hope")
    page.run()
    assert "Two of the targets are called 'women'." in said(page)
    write(page, "target", 2, "men", "he, he, Hope")
    page.run()
    assert "men: he stood there more than once and counts once." in said(page)
    assert "The targets differ in size (women 3, men 2)" in said(page)
    assert "has 0 attribute sets; this measure takes 2" in said(page)
    assert not page.button(key=f"{KEY}-use").disabled  # other measures may take it


def test_a_file_is_read_and_chosen_and_one_with_a_fault_goes_into_the_boxes(page) -> None:
    good = "set;role;word\nFrauen;target;Schwester\nMänner;target;Bruder\nHeim;attribute;Küche\nBeruf;attribute;Büro\n"
    page.file_uploader(key=f"{KEY}-file").upload("eigene.csv", good.encode("cp1252"), "text/csv").run()
    assert not page.exception
    assert page.multiselect(key=KEY).value == ["WEAT 6", "eigene"]
    assert page.session_state["bias-own-lists"]["eigene"].targets[1].name == "Männer"
    bad = good.replace("Bruder", "Schwester")
    page.file_uploader(key=f"{KEY}-file").set_value([("zwei.csv", bad.encode(), "text/csv")]).run()
    assert "Schwester stands in both" in said(page)


def test_none_chosen_says_what_to_do(page) -> None:
    page.multiselect(key=KEY).set_value([]).run()
    assert page.button(key="bias-words-go").disabled


def test_a_copy_of_a_shipped_list_is_edited(page) -> None:
    page.selectbox(key=f"{KEY}-from").set_value("WEAT 6").run()
    assert page.text_input(key=f"{KEY}-own-name").value == "WEAT 6, own copy"
    page.button(key=f"{KEY}-use").click().run()
    assert "WEAT 6, own copy" in page.multiselect(key=KEY).value
    assert not page.exception


def test_the_preview_names_lost_words_pieces_and_the_least_p(page) -> None:
    page.multiselect(key=KEY).set_value(["WEAT 5"]).run()
    shown = said(page)
    assert "input embedding: 11 of 48 words have no vector: " in shown and "Lakisha" in shown
    assert "word alone, at a layer: all 48 words are there." in shown
    assert "With 16 v 16 target words the least possible p (one-sided) is 1/601,080,390." in shown


def test_few_words_cannot_reach_five_per_cent(page) -> None:
    for place, words in enumerate(("Grace, Hope", "Will, Mark"), start=1):
        write(page, "target", place, f"T{place}", words)
        write(page, "attribute", place, f"A{place}", "house, home" if place == 1 else "desk, office")
    page.run()
    page.button(key=f"{KEY}-use").click().run()
    page.multiselect(key=KEY).set_value(["Own list"]).run()
    shown = said(page)
    assert "least possible p (one-sided) is 1/6: no outcome can fall under 5 %" in shown
    assert "This model does not see capitals: Grace, Hope, Will, Mark are the common words too." in shown


def test_three_groups_are_measured_in_pairs(page) -> None:
    page.button(key=f"{KEY}-add-target").click().run()
    for place, name in enumerate(("X", "Y", "Z"), start=1):
        write(page, "target", place, name, f"{name}a, {name}b, {name}c, {name}d")
    write(page, "attribute", 1, "A", "house, home, sofa, bed")
    write(page, "attribute", 2, "B", "desk, office, firm, wage")
    page.run()
    page.button(key=f"{KEY}-use").click().run()
    assert "it is measured 3 times: X v Y; X v Z; Y v Z." in said(page)


def test_a_measure_has_an_address(opened) -> None:
    app = opened("bias", view="words", model="all-MiniLM-L6-v2", measure="weat")
    assert app.selectbox(key="bias-words-measure").value == "weat"


def test_a_classifier_that_counts_words_is_told_in_a_sentence(opened) -> None:
    app = opened("bias", view="words", model="first")
    assert not app.exception
    assert "counts words; there is no BERT inside." in said(app)


def test_the_check_of_the_meter_chooses_the_ten(page) -> None:
    page.button(key="bias-words-calibrated-ten").click().run()
    assert page.multiselect(key=KEY).value == [f"WEAT {number}" for number in range(1, 11)]
    assert not page.exception


@pytest.mark.parametrize("name", [one.name for one in MEASURES.values() if one.family == "words"])
def test_every_measure_of_words_is_ready_with_a_list_that_fits_it(opened, name: str) -> None:
    app = opened("bias", view="words", model="all-MiniLM-L6-v2", measure=name)
    assert not app.exception and not app.error
    wanted = MEASURES[name].metadata.get("lists", ("WEAT 6",))
    assert tuple(app.multiselect(key=KEY).value) == wanted
    assert not app.button(key="bias-words-go").disabled


def test_a_list_without_attributes_is_not_offered_where_they_are_needed(opened) -> None:
    app = opened("bias", view="words", model="all-MiniLM-L6-v2", measure="mac")
    offered = app.multiselect(key=KEY).options
    assert "Gender pairs, occupations" in offered and "Gender words" not in offered


def test_numbers_for_words_are_read_and_their_columns_checked(opened) -> None:
    app = opened("bias", view="words", model="all-MiniLM-L6-v2", measure="wefat")
    upload = app.file_uploader(key="bias-words-wefat-numbers")
    upload.upload("shares.csv", b"word,value\nJohn,0.1\nAmy,0.9\n", "text/csv").run()
    assert not app.exception and "2 rows of shares.csv will be used." in said(app)
    app.file_uploader(key="bias-words-wefat-numbers").set_value(
        [("x.csv", b"word,share\na,1\nb,2\n", "text/csv")]
    ).run()
    assert "x.csv has no column value; it has word, share." in said(app)


def test_a_table_of_word_vectors_has_one_kind_and_a_list_without_its_words_is_left_out(
    opened, registry, tmp_path
) -> None:
    path = tmp_path / "small.txt"
    path.write_bytes(b"rose 1.0 0.0\nwasp 0.0 1.0\nnice 1.0 0.1\nugly 0.1 1.0\n")
    jobs.import_model(registry, str(path), who="ada")
    app = opened("bias", view="words", model="small")
    assert not app.exception
    assert [box.key for box in app.multiselect] == [KEY]  # no kinds to choose from
    assert "WEAT 6 cannot be measured by word vectors: no word of Male names" in said(app)
    assert app.button(key="bias-words-go").disabled
    for role, place, word in (("target", 1, "rose"), ("target", 2, "wasp"), ("attribute", 1, "nice")):
        write(app, role, place, f"{role}{place}", word)
    write(app, "attribute", 2, "bad", "ugly, Ugly")
    app.run()
    app.button(key=f"{KEY}-use").click().run()
    assert not app.button(key="bias-words-go").disabled
    assert "target1 has 1 word: too few to say anything" in said(app)


def test_a_run_is_read_together_then_one_by_one(page, finish) -> None:
    page.multiselect(key="bias-words-kinds").set_value(["input_embedding", "layer", "sentence"]).run()
    page.button(key="bias-words-go").click().run()
    finish()
    page.run()
    assert not page.exception
    (values,) = [one.value for one in page.dataframe if "input embedding" in one.value.columns]
    assert values["list"].tolist() == ["WEAT 6"]
    assert all(str(cell)[0] in "+-" for cell in values.iloc[0, 1:])
    (battery,) = [one.value for one in page.dataframe if "p after Holm" in one.value.columns]
    assert battery["least possible p"].tolist() == ["7.8e-05"] * 3
    p, holm = battery["p"].astype(float), battery["p after Holm"].astype(float)
    assert (holm >= p).all() and holm.min() == pytest.approx(3 * p.min(), abs=3e-4)
    assert "p after Holm counts all 3 tests of it" in said(page)
    labels = [fold.label.replace("\\", "") for fold in page.expander]
    assert sum("WEAT · WEAT 6 · " in label for label in labels) == 3
