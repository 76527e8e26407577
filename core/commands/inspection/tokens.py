"""`inspect tokens`: pieces of a text, on its own characters, or pieces a word over a dataset."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.commands.answer import Answer, facts, metric, plain, table
from core.commands.inspection import asking
from core.commands.options import Verbs, verb, workspace
from core.errors import UserProblem

if TYPE_CHECKING:
    from core.inspection.pieces_per_word import Fertility
    from core.inspection.subject import Subject


def add(own: Verbs) -> None:
    """Add the verb."""
    parser = verb(own, "tokens", "Pieces of a text on its own characters, or pieces a word over a dataset.", tokens)
    asking.model_option(parser)
    parser.add_argument("--text", metavar="TEXT", help="the text to read")
    parser.add_argument("--pair", metavar="TEXT", help="a second text")
    parser.add_argument("--specials", action="store_true", help='read a typed "[MASK]" as the special piece')
    sample_options(parser)
    asking.file_options(parser)


def sample_options(parser: argparse.ArgumentParser) -> None:
    """--dataset, --most, --seed."""
    parser.add_argument("--dataset", metavar="NAME[/VERSION]", help="measure pieces a word over its texts")
    parser.add_argument("--most", type=int, default=5000, metavar="N", help="texts at most, drawn by seed (5000)")
    parser.add_argument("--seed", type=int, default=0, metavar="S")


def sample(asked: argparse.Namespace) -> tuple[list[str], int]:
    """Texts of the dataset, and of how many they were drawn; the text alone where there is no dataset."""
    from core.inspection.pieces_per_word import sampled
    from core.jobs import inspecting

    if (asked.dataset is None) == (asked.text is None):
        raise UserProblem("It is not said what to read.", "Give either --text or --dataset.")
    if asked.dataset is None:
        return sampled([asked.text])
    if asked.most < 1:
        raise UserProblem(f"--most is {asked.most}.", "At least one text is wanted.")
    return sampled(inspecting.texts(workspace(), asked.dataset), most=asked.most, seed=asked.seed)


def tokens(asked: argparse.Namespace) -> Answer:
    """Read a text, or count over a dataset."""
    subject = asking.subject(asked)
    if asked.dataset is None and asked.text is not None:
        return _text(asked, subject)
    from core.inspection.charts.tokens import distribution_chart, distribution_frame
    from core.inspection.pieces_per_word import fertility

    texts, found = sample(asked)
    measured = fertility(subject.tokenizer, texts, found=found, seed=asked.seed)
    bars = distribution_frame({asked.model or "bundled model": measured})
    told = asking.write(asked, list(map(str, bars)), bars.to_numpy().tolist(), distribution_chart(bars))
    return Answer({"dataset": asked.dataset, **measured.to_json()}, f"{statistics(measured)}\n{told}".rstrip())


def statistics(found: Fertility) -> str:
    """The measures, the distribution, and the words that are split most."""
    told = facts(
        {
            "texts": f"{found.texts:,} of {found.found:,}" + (" (a sample)" if found.texts < found.found else ""),
            "words": f"{found.words:,} in {found.pieces:,} pieces",
            "pieces a word": metric(found.value.to_json()),
            "per 100 letters": metric(found.per_100_characters.to_json()),
            "split words": metric(found.split.to_json()),
            "[UNK] words": metric(found.unknown.to_json()),
            "too long": f"{found.cut:,} texts ({found.longer:.1%}) are longer than {found.limit} pieces",
        }
    )
    made = table(("pieces a word", "words", "share"), [(m, n, f"{n / found.words:.2%}") for m, n in found.distribution])
    split = table(
        ("split word", "times", "pieces"),
        [(each.text, each.count, " ".join(each.pieces)) for each in found.most_split[:15]],
        "No word is split.",
    )
    return f"{told}\n\n{made}\n\n{split}"


def _text(asked: argparse.Namespace, subject: Subject) -> Answer:
    from core.inspection import tokens as reading_tokens
    from core.inspection.charts.tokens import pieces_chart, pieces_frame

    as_text = not asked.specials
    reading = subject.read(asked.text, asked.pair, specials_as_text=as_text)
    rows = reading_tokens.rows(reading, subject.tokenizer)
    notes = reading_tokens.told(reading, subject.tokenizer, specials_as_text=as_text)
    stretches = [reading_tokens.stretches(reading, part) for part in range(len(reading.texts))]
    cells = [(r.position, r.piece, r.id, r.segment, r.word, r.start, r.end, r.characters, r.kind) for r in rows]
    headers = ("position", "piece", "id", "segment", "word", "start", "end", "characters", "kind")
    told = asking.write(asked, headers, cells, pieces_chart(pieces_frame(rows)))
    value = {
        "pieces": plain(rows), "words": plain(reading.words), "stretches": plain(stretches), "notes": list(notes),
        "seen": list(reading.seen), "max_length": subject.max_length,
    }  # fmt: skip
    shown = [["" if cell is None else cell for cell in row[:-2]] + [repr(row[-2]), row[-1]] for row in cells]
    return Answer(value, "\n".join((table(headers, shown), "", *notes, told)).rstrip())
