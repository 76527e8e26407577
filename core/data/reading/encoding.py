"""Which encoding a text file has, and a UTF-8 copy of it where it is another one.

Order: byte-order mark, strict UTF-8, UTF-16 without a mark (NULs at every other byte), UTF-8 with few bad bytes (each
told), then a guess that always is told as one. charset-normalizer alone is not trusted: on short Western files it takes
cp1250 for cp1252, so a text whose odd characters are the usual Western ones, or are very rare, is read as cp1252.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.data.reading import wording

CHUNK = 1 << 20
SAMPLE = 200_000
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = set("äöüÄÖÜßéèêëàâçîïôûùñáíóúãõåøæœÅØÆÉÈÊÀÂÇÎÔÑÁÍÓÚÃÕ£€©®™°§µ–—‘’“”„…·•½¼²³¡¿´»«×\xa0")
REPLACED = "\ufffd"


@dataclass(frozen=True)
class Text:
    """A UTF-8 file (`path`; a mark at its start is to be skipped), the encoding it came in, and what was odd."""

    path: Path
    encoding: str
    bom: bool
    notes: tuple[str, ...]


def as_utf8(source: Path, target: Path, wanted: str | None) -> Text:
    """The text of `source` as UTF-8, itself where it is that already, else written to `target`. Memory: one chunk."""
    bom, marked = _mark(source)
    encoding = wanted or marked or ("utf-8" if _first_bad(source, "utf-8") is None else None)
    notes: list[str] = []
    if encoding is None:
        encoding, note = _guess(source)
        notes.append(note)
    if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig") and _first_bad(source, "utf-8") is None:
        return Text(source, "utf-8", bom, tuple(notes))
    bad, line = _transcode(source, target, encoding)
    if bad:
        notes.append(
            f"{wording.count(bad, 'piece')} of the file {'is' if bad == 1 else 'are'} not valid {encoding}, "
            f"first on line {line:,}: shown as {REPLACED}."
        )
    return Text(target, encoding, bom, tuple(notes))


def _mark(source: Path) -> tuple[bool, str | None]:
    with source.open("rb") as stream:
        head = stream.read(4)
    found = next((name for mark, name in BOMS if head.startswith(mark)), None)
    return found is not None, found


def _chunks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _first_bad(source: Path, encoding: str) -> int | None:
    """The place of the first chunk that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(source):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _guess(source: Path) -> tuple[str, str]:
    sample, odd, size = _sample(source)
    wide = _utf16_without_mark(sample)
    if wide:
        return wide, f"The file has no byte-order mark; it was read as {wide}."
    good, bad = _utf8_counts(sample)
    if good >= 10 * bad:
        return "utf-8", "The file is UTF-8 but for a few bad bytes."
    encoding = _single_guess(sample, odd / max(size, 1))
    return (
        encoding,
        f"The file is not UTF-8; {encoding} is a guess. Check the preview, and choose another if it is wrong.",
    )


def _sample(source: Path) -> tuple[bytes, int, int]:
    """Lines with bytes beyond ASCII (at most 200 kB), how many such bytes the file has, and its size."""
    kept: list[bytes] = []
    room, odd, size = SAMPLE, 0, 0
    for chunk in _chunks(source):
        size += len(chunk)
        odd += len(chunk) - len(chunk.translate(None, bytes(range(128, 256))))
        if room > 0 and (not kept or not chunk.isascii()):
            lines = chunk.splitlines(keepends=True)
            part = b"".join(line for line in lines if not kept or not line.isascii() or b"\0" in line)[:room]
            kept.append(part)
            room -= len(part)
    return b"".join(kept), odd, size


def _utf16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if len(sample) < 8 or max(even, odd) < 0.3 * half or min(even, odd) > 0.1 * half:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _utf8_counts(sample: bytes) -> tuple[int, int]:
    """Characters beyond ASCII that are valid UTF-8, and pieces that are not."""
    text = sample.decode("utf-8", "replace")
    bad = text.count(REPLACED) - sample.count(REPLACED.encode())
    return sum(sign > "\x7f" for sign in text) - bad, max(bad, 1)


def _single_guess(sample: bytes, share: float) -> str:
    western = "cp1252" if _decodes(sample, "cp1252") else "iso-8859-1"
    odd = [sign for sign in sample.decode(western) if sign > "\x7f"]
    usual = sum(sign in WESTERN for sign in odd) / max(len(odd), 1)
    if share < 0.01 or usual >= 0.9:
        return western
    return _library_guess(sample) or western


def _library_guess(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:65_536]).best()
    if best is None or best.encoding.startswith(("utf", "ascii")) or not _decodes(sample, best.encoding):
        return None
    return best.encoding


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _transcode(source: Path, target: Path, encoding: str) -> tuple[int, int]:
    """Write `source` as UTF-8; how many pieces could not be decoded, and the line of the first."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    bad, line, passed = 0, 0, 1
    with target.open("w", encoding="utf-8", newline="", errors="replace") as out:
        for chunk in (*_chunks(source), b""):
            text = decoder.decode(chunk, final=not chunk)
            out.write(text)
            new = text.count(REPLACED) - chunk.count(REPLACED.encode())
            if new > 0 and not bad:
                line = passed + text[: text.index(REPLACED)].count("\n")
            bad += max(new, 0)
            passed += text.count("\n")
    return bad, line
