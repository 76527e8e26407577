"""What parts the cells of a delimited text and how they are quoted: a vote over the first megabyte.

A `sep=` line is honoured. Else every delimiter is tried with every way of quoting, and the one wins whose records most
constantly have the same number of cells. Quotes are then judged by themselves: they may be the quotes of CSV, single
ones, or plain text (tweets and reviews saved with tabs), in which case taking them as CSV would eat them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.data.reading.records import Dialect
from core.data.reading.trial import Trial, attempt, openings

USUAL = ("\t", ",", ";", "|")
RARE = ("^", "~", "\x1f", "\x01", "¦")
ENOUGH = 0.6  # the share of lines that must agree before a delimiter is believed
VOTE = 1 << 18  # characters that vote on the delimiter


def sep_line(lines: Sequence[str]) -> str | None:
    """The delimiter that a first line `sep=;` names (Excel's own way), or None."""
    match = re.fullmatch(r'"?sep=(.)"?[\r\n]*', lines[0]) if lines else None
    return match[1] if match else None


def detect(
    lines: Sequence[str], *, cut: bool, delimiter: str | None, quotechar: str | None, prefer: str | None = None
) -> Trial:
    """The dialect that fits `lines` best; `cut` says that the file goes on after them, `prefer` is likely by name."""
    lines = without_comments(lines)
    chosen = delimiter or _delimiter(lines, cut, quotechar, prefer)
    return _quoting(lines, cut, chosen, quotechar)


def without_comments(lines: Sequence[str]) -> Sequence[str]:
    """The lines without those that start with #, where the first one does."""
    first = next((line for line in lines if line.strip()), "")
    if not first.lstrip().startswith("#"):
        return lines
    return [line for line in lines if not line.lstrip().startswith("#")] or lines


def _delimiter(lines: Sequence[str], cut: bool, quotechar: str | None, prefer: str | None) -> str:
    best, best_score = "", 0.0
    lines, cut = _shortened(lines, cut)
    text = "".join(lines)
    for candidate in (*USUAL, *RARE, " "):
        if candidate not in text or (candidate in (*RARE, " ") and best_score >= ENOUGH):
            continue
        score = _score(lines, cut, candidate, quotechar, rare=candidate not in USUAL)
        score += 0.3 * (candidate == prefer and score > 0)
        if candidate == ";" and best == "," and abs(score - best_score) < 0.005 and _decimal_commas(text):
            score += 0.01
        if score > best_score + 0.004:
            best, best_score = candidate, score
    return best


def _shortened(lines: Sequence[str], cut: bool) -> tuple[Sequence[str], bool]:
    """So many of the first lines as tell delimiters apart: 256 kB of them, or fifty where they are long."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line)
        if size > VOTE and number >= 50:
            return lines[: number + 1], True
    return lines, cut


def _score(lines: Sequence[str], cut: bool, delimiter: str, quotechar: str | None, *, rare: bool) -> float:
    trials = [attempt(lines, way, cut=cut) for way in _ways(lines, delimiter, quotechar)]
    best = max(trials, key=lambda trial: (trial.width > 1) * trial.share)
    if best.width < 2 or _is_prose(lines, best):
        return 0.0
    if rare and (best.share < 0.95 or best.records < 3 or (delimiter == " " and not best.opened)):
        return 0.0
    if best.share < ENOUGH and not _head_promises(lines, best):
        return 0.0
    return best.share


def _ways(lines: Sequence[str], delimiter: str, quotechar: str | None) -> list[Dialect]:
    """The ways of quoting worth a trial."""
    text = "".join(lines)
    if quotechar is not None:
        ways = [Dialect(delimiter, quotechar)]
    else:
        ways = [Dialect(delimiter, '"')]
        ways += [Dialect(delimiter, '"', escaped=True)] if '\\"' in text else []
        ways += [Dialect(delimiter, "")] if '"' in text else []
        ways += [Dialect(delimiter, "'")] if openings(text, delimiter, "'") else []
    return ways + [replace(way, skip_blanks=True) for way in ways if _is_spaced(text, way)]


def _is_spaced(text: str, way: Dialect) -> bool:
    """Whether a blank follows the delimiter so often that it may belong to it."""
    if way.delimiter in ("", " ", "\t"):
        return False
    return 2 * text.count(way.delimiter + " ") > text.count(way.delimiter)


def _decimal_commas(text: str) -> bool:
    """Whether most commas stand between digits, as decimal commas do."""
    return 2 * len(re.findall(r"\d,(?=\d)", text)) > text.count(",")


def _is_prose(lines: Sequence[str], trial: Trial) -> bool:
    """Whether a single line is rather a sentence with commas than cells."""
    if trial.records > 1:
        return False
    text = "".join(lines).strip()
    return len(text.split()) > 3 * trial.width and f"{trial.dialect.delimiter} " in text


def _head_promises(lines: Sequence[str], trial: Trial) -> bool:
    """Whether the first line looks like a header of several names and no line has fewer cells than it."""
    delimiter = trial.dialect.delimiter
    if not delimiter:
        return False
    full = [line for line in lines if line.strip()]
    names = [name.strip().strip('"') for name in full[0].split(delimiter)]
    short = all(0 < len(name) <= 30 and len(name.split()) <= 3 and not name[0].isdigit() for name in names)
    unique = len(names) > 1 and len(set(names)) == len(names)
    counts = [line.count(delimiter) for line in full[1:]]
    plain = all(re.fullmatch(r"[\w.-]+", name) for name in names)
    wanted, agree = (1, 0.6) if plain else (len(names) - 1, 0.9)
    return short and unique and sum(count >= wanted for count in counts) >= agree * len(counts) > 0


def _quoting(lines: Sequence[str], cut: bool, delimiter: str, quotechar: str | None) -> Trial:
    trials = [attempt(lines, way, cut=cut) for way in _ways(lines, delimiter, quotechar)]
    chosen = trials[0]
    for trial in trials[1:]:
        if _better(trial, chosen):
            chosen = trial
    return chosen


def _better(trial: Trial, than: Trial) -> bool:
    """Whether a way of quoting beats the one held so far (which comes first where nothing speaks against it)."""
    gain = trial.share - than.share
    if trial.dialect.skip_blanks and replace(trial.dialect, skip_blanks=False) == than.dialect:
        return gain > 0.01 or (gain >= 0 and than.spaced >= 0.95 * than.records)
    if trial.dialect.escaped:
        return gain >= 0 and trial.broken < than.broken
    if trial.dialect.quotechar == "'":
        whole = trial.opened >= 0.9 * trial.records and not than.opened
        return trial.broken_share <= 0.2 and (gain > 0.01 or (gain >= 0 and whole and trial.records > 1))
    if not trial.dialect.quotechar:
        return _is_plain_text(trial, than)
    return gain > 0.01


def _is_plain_text(plain: Trial, quoted: Trial) -> bool:
    """Whether quotes are better taken as text than as `quoted` takes them."""
    gain = plain.share - quoted.share
    if gain > 0.02:
        return True
    if quoted.broken and quoted.broken_share > 0.3:
        return gain >= -0.02
    idle = quoted.dialect.delimiter in ("\t", "") and quoted.opened < 0.5 * quoted.records
    return idle and gain >= 0 and (quoted.broken > 0 or not quoted.needed)
