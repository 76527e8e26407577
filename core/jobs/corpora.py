"""Raw text that people send: staged, extracted, checked, and saved as a corpus version; all reading is done in
children.

A corpus version is a dataset version of the kind `raw_text`: its artifact is the corpus folder
(core.data.corpus.store), its rows count sentences, its mapping holds the options. What a step leaves lies in the
upload's staging folder.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from core.errors import UserProblem
from core.jobs import staging
from core.jobs.publish import discard
from core.jobs.staging import Staged
from registry import datasets
from registry.names import checked_name, new_id
from registry.records import RAW_TEXT, DatasetVersion

if TYPE_CHECKING:
    from core.data.corpus.extraction.contract import Extracted
    from core.data.corpus.options import CorpusOptions
    from core.data.corpus.report import CorpusReport
    from core.progress import Progress
    from registry.session import Registry

    OnProgress = Callable[[Progress], None] | None

FILE_MB = 2_000.0  # of a file of this machine, which takes no memory of a server
EXTRACTED, ASKED = "extracted.json", "asked.json"
PREVIEWED = 6


def stage_files(registry: Registry, paths: Sequence[Path]) -> Staged:
    """Stage files of this machine as one upload; a folder stands for all files in it, several files are packed as
    one.
    """
    files = [file for path in paths for file in _files(path)]
    if len(files) == 1:
        return staging.stage_file(registry, files[0], limit_mb=max(FILE_MB, staging.upload_limit()))
    if not files:
        raise UserProblem("There is no file in that folder.", "", "Name files, or a folder that holds some.")
    folder = registry.home.uploads / f"packing-{new_id()}"
    folder.mkdir(parents=True)
    try:
        packed = folder / f"{len(files)} files.zip"
        pack(packed, [(file.name, file.open("rb")) for file in files])
        return staging.stage_file(registry, packed, limit_mb=max(FILE_MB, staging.upload_limit()))
    finally:
        staging.discard(Staged("", folder, folder, ""))


def pack(target: Path, files: Sequence[tuple[str, BinaryIO]]) -> None:
    """Put several files into one zip, not compressed; a name that occurs twice gets a number."""
    with zipfile.ZipFile(target, "w") as archive:
        taken: set[str] = set()
        for name, stream in files:
            unique = next(each for each in _numbered(Path(name).name) if each not in taken)
            taken.add(unique)
            with stream, archive.open(unique, "w", force_zip64=True) as member:
                while block := stream.read(staging.BLOCK):
                    member.write(block)


def extract(staged: Staged, options: CorpusOptions, on_progress: OnProgress = None) -> Extracted:
    """The text of all files in the upload; read anew only where the column or the encoding asked for is another."""
    from core.data.corpus.extract_child import extract_in_child
    from core.data.corpus.extraction.contract import Extracted

    asked = {"column": options.column, "encoding": options.encoding}
    folder = staged.folder / "extracted"
    if (folder / EXTRACTED).exists() and json.loads((folder / ASKED).read_text(encoding="utf-8")) == asked:
        return Extracted.from_json(json.loads((folder / EXTRACTED).read_text(encoding="utf-8")))
    found = extract_in_child([(staged.source, staged.name)], folder, options, on_progress=on_progress)
    (folder / ASKED).write_text(json.dumps(asked), encoding="utf-8")
    (folder / EXTRACTED).write_text(json.dumps(found.to_json()), encoding="utf-8", errors="backslashreplace")
    return found


def suggested(extracted: Extracted) -> CorpusOptions:
    """The options to begin with: books and office files end with their file, and Gutenberg's frame goes where it is
    found.
    """
    from core.data.corpus.options import CorpusOptions

    whole = bool(extracted.gutenberg) or any(source.format in ("docx", "pdf") for source in extracted.sources)
    return CorpusOptions(
        documents="file" if whole or len(extracted.sources) > 1 else "blank_line",
        strip_gutenberg=bool(extracted.gutenberg),
    )


def preview(extracted: Extracted, options: CorpusOptions, most: int = PREVIEWED) -> list[dict[str, object]]:
    """The first documents as these options would cut them; quick, because only the beginnings are read."""
    from core.data.corpus.documents import passages
    from core.data.corpus.measuring import shown
    from core.data.corpus.store import Document

    found: list[dict[str, object]] = []
    for source in extracted.sources:
        for passage in passages(source, options):
            if len(found) >= most:
                return found
            if passage.starts and passage.sentences:
                found.append(shown(Document(len(found), passage.name, passage.sentences)))
            if not passage.starts or (options.blank_lines == 0 and source.column is None):
                break  # one beginning of a file that is one document is enough
    return found


def check(
    staged: Staged, options: CorpusOptions, tokenizer: Path | None = None, on_progress: OnProgress = None
) -> CorpusReport:
    """The cleaning report; the corpus as it would be saved lies in `staged.checked` afterwards.

    `tokenizer` is a model's folder or its tokenizer.json: with it lengths in word pieces are measured on a sample.
    """
    from core.data.corpus.check_child import check_in_child

    options.check()
    if tokenizer is not None and tokenizer.is_dir():
        tokenizer = tokenizer / "tokenizer.json"
    extracted = extract(staged, options, on_progress)
    return check_in_child(extracted, options, out=staged.checked, tokenizer=tokenizer, on_progress=on_progress)


def save(
    registry: Registry, staged: Staged, report: CorpusReport, *, name: str, description: str = "", who: str
) -> DatasetVersion:
    """Make the next version of the dataset `name`; UserProblem for a blocker of the check, Refused when it exists."""
    name = checked_name(name, "dataset name")
    if not report.can_save:
        raise UserProblem(f"This text cannot be saved: {' '.join(report.blockers)}", "", "Mend it and try again.")
    _require_same_kind(registry, name)
    _require_checked(staged, report)
    identifier = new_id()
    artifact = registry.artifacts.publish(staged.checked, "datasets", identifier)
    try:
        with registry.begin() as session:
            version = datasets.add(
                session, id=identifier, name=name, description=description, artifact=artifact, who=who,
                content_hash=report.content_hash, problem_type=RAW_TEXT, labels=(), rows=report.splits,
                mapping=report.options, repairs=_repairs(report), report=report.to_json(), source=staged.name,
            )  # fmt: skip
    except BaseException:
        discard(registry, (artifact,))
        raise
    staging.discard(staged)
    return version


def _repairs(report: CorpusReport) -> tuple[str, ...]:
    return tuple(
        name for name in ("strip_gutenberg", "drop_duplicates", "drop_near_duplicates") if report.options.get(name)
    )


def _require_checked(staged: Staged, report: CorpusReport) -> None:
    """The corpus on disk is the one reported: somebody else may have checked the same upload otherwise since."""
    from core.data.corpus.store import open_corpus

    if open_corpus(staged.checked).facts["content_hash"] != report.content_hash:
        raise UserProblem("The text was cut anew since this report.", "", "Look at the new report, then save.")


def _require_same_kind(registry: Registry, name: str) -> None:
    """A name stands for one kind of data: rows with labels, or raw text."""
    with registry.read() as session:
        same = [each for each in datasets.listing(session) if each.name == name]
    if same and same[0].problem_type != RAW_TEXT:
        raise UserProblem(
            f"{name} is the name of a dataset of labelled rows.", "Raw text needs a name of its own.", "Choose another."
        )


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file())
    else:
        yield path


def _numbered(name: str) -> Iterator[str]:
    yield name
    stem, suffix = Path(name).stem, Path(name).suffix
    yield from (f"{stem} ({number}){suffix}" for number in range(2, 100_000))
