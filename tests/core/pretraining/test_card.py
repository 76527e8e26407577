from typing import Any

from core.pretraining.card import card


def facts(**changes: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "base": "all-MiniLM-L6-v2/1", "pretrained_on": "novels/1", "fresh": ["masked-word head", "pair head"],
        "domain_words": [], "steps": 1234, "tokens": 5_000_000, "precision": "bfloat16",
        "parameters_of_training": {"objective": "mlm_nsp"}, "proof": {"sentences": ["Loss fell from 5 to 3."]},
    }  # fmt: skip
    return {**usual, **changes}


def test_it_says_from_what_on_what_and_what_the_holdout_says() -> None:
    told = card("novel-bert", facts())
    assert "# novel-bert" in told and "all-MiniLM-L6-v2/1" in told and "novels/1" in told
    assert "masked-word head and pair head began untrained" in told
    assert "- Loss fell from 5 to 3." in told and "| steps | 1,234 |" in told


def test_a_model_from_scratch_and_its_new_words() -> None:
    told = card("m", facts(base="scratch", fresh=["encoder"], domain_words=["nitre", "motley"]))
    assert "trained from scratch" in told and "began untrained" not in told and "2 words of the corpus" in told


def test_names_are_no_markup() -> None:
    told = card("<b>[x](http://e.org)</b>", facts(proof={"sentences": []}))
    assert "<b>" not in told and "[x](" not in told and "Nothing was held out." in told
