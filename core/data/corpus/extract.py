"""All files that were sent into text, one after the other: what could be read, and what could not, with its reason.

Runs inside the child process. A journal beside the texts is written line by line, so that a file that costs the child
its life is known, refused, and the others are read by the next child (core.data.corpus.extract_child).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from core.data.corpus import gutenberg
from core.data.corpus.extraction import kinds
from core.data.corpus.extraction.contract import Extracted, Given, Refused, Source, Text
from core.data.corpus.extraction.limits import FILES, TEXT_BYTES
from core.data.corpus.options import CorpusOptions
from core.data.reading.wording import size as sized
from core.errors import UserProblem
from core.progress import Progress, Report, silent

JOURNAL = "journal.jsonl"
CHUNK = 1 << 20
CLUTTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
Unit = tuple[str, Callable[[Path], Path]]  # (name, how to get its bytes into a folder)


def extract(
    files: Sequence[tuple[Path, str]], out: Path, options: CorpusOptions, *, report: Report = silent
) -> Extracted:
    """Read `files` (path, name) into `out`, going on where its journal stops."""
    out.mkdir(parents=True, exist_ok=True)
    past = journal(out)
    done = sum("started" not in line for line in past)
    deadly = {line["file"] for line in past if "refused" in line and "file" in line}
    number = 0
    with (out / JOURNAL).open("a", encoding="utf-8") as log:
        for place, (path, known) in enumerate(files):
            if place in deadly:
                number += 1
                continue
            _write(log, {"started": known, "file": place})
            for name, fetch in _units(path, known):
                if number >= done:
                    _write(log, {"started": name})
                    report(Progress(f"Reading {name[-60:]}", step=number))
                    _write(log, _outcome(name, fetch, out / f"{number:06d}", options))
                number += 1
    return finished(out)


def journal(out: Path) -> list[dict[str, Any]]:
    """The lines of the journal; none where there is no journal yet."""
    path = out / JOURNAL
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def finished(out: Path) -> Extracted:
    """What the journal says came of the files."""
    lines = journal(out)
    sources = [line["source"] for line in lines if "source" in line]
    return Extracted.from_json({"sources": sources, "refused": [one["refused"] for one in lines if "refused" in one]})


def refuse(out: Path, reason: str) -> bool:
    """Refuse the file that was being read when the child died; False where none was."""
    lines = journal(out)
    if not lines or "started" not in lines[-1]:
        return False
    whole = {"file": lines[-1]["file"]} if "file" in lines[-1] else {}
    with (out / JOURNAL).open("a", encoding="utf-8") as log:
        _write(log, {"refused": Refused(lines[-1]["started"], reason).to_json(), **whole})
    return True


def _write(log: Any, line: Mapping[str, Any]) -> None:
    log.write(json.dumps(line, ensure_ascii=False) + "\n")
    log.flush()


def _outcome(name: str, fetch: Callable[[Path], Path], folder: Path, options: CorpusOptions) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    try:
        return {"source": _source(name, fetch(folder), folder, options).to_json()}
    except UserProblem as problem:
        return {"refused": Refused(name, str(problem)).to_json()}
    except MemoryError:
        return {"refused": Refused(name, "It asks for more memory than a file may use.").to_json()}
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError) as error:
        return {"refused": Refused(name, f"It is damaged or cut short ({_short(error)}).").to_json()}
    except Exception as error:  # noqa: BLE001  (parsers stumble in their own ways over damaged files; all are told)
        return {"refused": Refused(name, f"It is damaged: its reader stopped at {_short(error)}.").to_json()}


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}".rstrip(": .")


def _source(name: str, path: Path, folder: Path, options: CorpusOptions) -> Source:
    kind = kinds.of(path, name)
    text = kind.read(Given(path, PurePosixPath(name).name, folder), options)
    return Source(
        name=name,
        format=kind.name,
        sha256=_sha256(path),
        size=path.stat().st_size,
        path=str(text.path.resolve()),
        wrapped=text.wrapped,
        column=text.column,
        notes=text.notes,
        facts=text.facts,
        gutenberg=_gutenberg(text),
    )


def _gutenberg(text: Text) -> tuple[tuple[int, int], ...]:
    from core.data.corpus.lines import lines_of

    return gutenberg.find(lines_of(text.path)) if text.column is None else ()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _units(path: Path, name: str) -> Iterator[Unit]:
    """The file, or those in a zip one by one, each peeled out of its .gz when it is fetched."""
    infos = _members(path)
    if infos is None:
        yield _peeled(name, lambda folder: path)
    elif not 0 < len(infos) <= FILES:
        yield name, lambda folder: _refused_archive(len(infos))
    else:
        for info in infos:
            yield _peeled(info.filename, lambda folder, info=info: _unzip(path, info, folder))  # type: ignore[misc]


def _members(path: Path) -> list[zipfile.ZipInfo] | None:
    """The files in a zip; None for what is no zip of files, or a damaged one, which its format refuses."""
    try:
        if not kinds.is_archive(path):
            return None
        with zipfile.ZipFile(path) as archive:
            return [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None


def _refused_archive(files: int) -> Path:
    raise UserProblem(f"It holds {files:,} files.", f"From 1 to {FILES:,} were wanted.", "Split it, or fill it.")


def _unzip(path: Path, info: zipfile.ZipInfo, folder: Path) -> Path:
    parts = PurePosixPath(info.filename).parts
    if "__MACOSX" in parts or parts[-1] in CLUTTER or parts[-1].startswith("._"):
        raise UserProblem("It is a file that an operating system adds, and holds no text.")
    if info.flag_bits & 0x1:
        raise UserProblem("It is locked with a password.", "", "Pack it without a password.")
    with zipfile.ZipFile(path) as archive, archive.open(info) as stream:
        return _copied(stream, folder / "member")


def _peeled(name: str, fetch: Callable[[Path], Path]) -> Unit:
    if not name.lower().endswith(".gz"):
        return name, fetch

    def peel(folder: Path) -> Path:
        with gzip.open(fetch(folder), "rb") as stream:
            return _copied(stream, folder / "peeled")

    return name[:-3], peel


def _copied(stream: Any, target: Path) -> Path:
    total = 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            total += len(chunk)
            if total > TEXT_BYTES:
                raise UserProblem(f"It is larger than {sized(TEXT_BYTES)} unpacked.", "", "Split it.")
            out.write(chunk)
    return target


def child(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The verb `extract` of the child process: plain values in and out."""
    from core.data.corpus.extract_child import tell_parent

    files = [(Path(path), name) for path, name in arguments["files"]]
    options = CorpusOptions.from_json(arguments["options"])
    extract(files, Path(arguments["out"]), options, report=tell_parent)
    return {}
