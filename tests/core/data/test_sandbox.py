"""The child process: bombs give one sentence, the parent does not grow, nothing outlives its time."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.data import child, sandbox
from core.data.reading import ReadLimits, parse_in_child
from core.data.sandbox import ChildFailed, Limits, run_child
from core.errors import UserProblem
from core.progress import Progress

GROWTH = 50_000_000  # bytes that the parent may grow by


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Check that this process never holds much more memory than at the start."""
    process, peak, done = psutil.Process(), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], process.memory_info().rss)

    before = process.memory_info().rss
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    assert peak[0] - before < GROWTH


def parquet_bomb(path: Path) -> None:
    """Half a megabyte or less that holds 115,000 times the same 97,000 characters: 11 GB."""
    codes = pa.array([0] * 115_000, pa.int32())
    column = pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 97_000]))
    pq.write_table(pa.table({"text": column}), path, compression="gzip")


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(b"text,label\n")
        for _ in range(300):
            out.write(b"a" * 1_000_000)


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as out:
        for _ in range(300):
            out.write(b"a,b\n" * 250_000)


def xlsx(path: Path, body: bytes, times: int) -> None:
    """A workbook whose only sheet is `times` times `body`."""
    office = "http://schemas.openxmlformats.org/"
    main, rel = f"{office}spreadsheetml/2006/main", f"{office}officeDocument/2006/relationships"
    package = f"{office}package/2006/relationships"
    one = f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/%s" Target="%s"/></Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{office}package/2006/content-types"/>')
        archive.writestr("_rels/.rels", one % ("officeDocument", "xl/workbook.xml"))
        sheet = '<sheet name="S" sheetId="1" r:id="r1"/>'
        workbook = f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>{sheet}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", workbook)
        archive.writestr("xl/_rels/workbook.xml.rels", one % ("worksheet", "worksheets/sheet1.xml"))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for _ in range(times):
                out.write(body)
            out.write(b"</sheetData></worksheet>")


def xlsx_bomb(path: Path) -> None:
    xlsx(path, b'<row r="1"><c r="A1"><v>1</v></c></row>' * 100_000, 60)


def xlsx_far_corner(path: Path) -> None:
    """Two cells, 17 thousand million cells apart."""
    xlsx(path, b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 1)


def one_line(path: Path) -> None:
    with path.open("wb") as out:
        for _ in range(200):
            out.write(b"a," * 500_000)


def one_cell(path: Path) -> None:
    with path.open("wb") as out:
        out.write(b'text,label\n"' + b"a" * 100_000_000 + b'",x\n')


BOMBS = {
    "bomb.parquet": (parquet_bomb, "larger than 200 MB when unpacked"),
    "bomb.csv.gz": (gzip_bomb, "larger than 200 MB when unpacked"),
    "bomb.zip": (zip_bomb, "larger than 200 MB when unpacked"),
    "bomb.xlsx": (xlsx_bomb, "larger than 200 MB when unpacked"),
    "corner.xlsx": (xlsx_far_corner, "asks for more than 1.5 GB of memory"),
    "line.csv": (one_line, "Line 1 has more than"),
    "cell.csv": (one_cell, "Line 2 has more than"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_gives_a_sentence_and_the_parent_does_not_grow(name: str, tmp_path: Path) -> None:
    build, sentence = BOMBS[name]
    build(tmp_path / name)
    with steady(), pytest.raises(UserProblem, match=sentence):
        parse_in_child(tmp_path / name, tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_page_that_unpacks_at_once_meets_the_memory_limit(tmp_path: Path) -> None:
    table = pa.table({"text": pa.array(["y" * 100_000] * 2_500)})
    pq.write_table(table, tmp_path / "a.parquet", compression="zstd", use_dictionary=False, data_page_size=1 << 30)
    del table
    with steady(), pytest.raises(UserProblem, match="asks for more than 0.5 GB of memory"):
        parse_in_child(tmp_path / "a.parquet", tmp_path / "out.parquet", limits=Limits(memory=500_000_000))


@pytest.mark.parametrize(
    "content",
    [
        "text,label\n" + "(" * 20_000 + ",x\n",
        'text,label\n"never closed,x\n' + "some text,y\n" * 100_000,
        "text,label\n" + '"a\n' * 50_000,
        "text,label\n" + "\0" * 1_000_000 + ",x\n",
        "text,label\n" + '"a""' * 100_000 + ",x\n",
        "a," * 3_000_000 + "\n1,2\n",
        "a," * 3_000_000 + "\n" + "b," * 3_000_000 + "\n",
        "text,label\n" + "1" * 90_000 + "x,y\n",
        '{"a":' * 300_000,
        "[" * 3_000_000,
    ],
    ids=[
        "parentheses",
        "unclosed quote",
        "many unclosed quotes",
        "NULs",
        "quotes",
        "wide header",
        "wide rows",
        "digits",
        "nested records",
        "nested lists",
    ],
)
def test_awkward_text_ends_within_its_time(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    limits = Limits(cpu_seconds=10)
    try:
        facts = parse_in_child(tmp_path / "a.csv", tmp_path / "out.parquet", limits=limits)
    except UserProblem as problem:
        assert "seconds" not in str(problem)
    else:
        assert facts.rows_in == facts.rows + len(facts.rejected) > 0


def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let the children of this test know a verb `try` that does `body`."""
    (tmp_path / "trial.py").write_text(f"def run(arguments):\n    {body}\n")
    start = "import sys, core.data.child as c; c.VERBS['try'] = 'trial:run'; sys.exit(c.main(sys.argv[-1]))"
    monkeypatch.setattr(sandbox, "COMMAND", ("-c", start))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_answer_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(tmp_path, monkeypatch, "print('noise', file=__import__('sys').stderr); return {'twice': arguments['n'] * 2}")
    assert run_child("try", {"n": 21}) == {"twice": 42}


def test_progress_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "import core.data.child as c; c.report(phase='reading', step=1, steps=2); return {}"
    serve(tmp_path, monkeypatch, body)
    heard: list[Progress] = []
    assert run_child("try", {}, on_progress=heard.append) == {}
    assert heard == [Progress(phase="reading", step=1, steps=2)]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("return {'x': len(bytearray(3_000_000_000))}", "asks for more than 1.5 GB of memory"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", "asks for more than 1.5 GB of memory"),
        ("__import__('time').sleep(60)", "could not be read within"),
        ("[None for _ in iter(int, 1)]", "could not be read within|asks for more"),
        ("sum(1 for _ in iter(int, 1))", "could not be read within"),
        ("print('x' * 200_000_000, flush=True)", "longer answer|asks for more"),
    ],
    ids=["memory", "killed", "asleep", "list", "busy", "talkative"],
)
def test_limits(body: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(tmp_path, monkeypatch, body)
    with steady(), pytest.raises(UserProblem, match=sentence):
        run_child("try", {}, limits=Limits(cpu_seconds=2, wall_seconds=6))


def test_own_sentence_and_own_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(tmp_path, monkeypatch, "from core.errors import UserProblem; raise UserProblem('Found.', 'Wanted.', 'Do.')")
    with pytest.raises(UserProblem) as caught:
        run_child("try", {})
    assert (caught.value.found, caught.value.wanted, caught.value.action) == ("Found.", "Wanted.", "Do.")
    serve(tmp_path, monkeypatch, "return 1 / 0")
    with pytest.raises(ChildFailed, match="ZeroDivisionError"):
        run_child("try", {})


def test_grandchildren_die_with_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "pid"
    body = (
        "import subprocess, time; p = subprocess.Popen(['sleep', '600']); "
        f"open({str(marker)!r}, 'w').write(str(p.pid)); time.sleep(600)"
    )
    serve(tmp_path, monkeypatch, body)
    with pytest.raises(UserProblem, match="could not be read within"):
        run_child("try", {}, limits=Limits(wall_seconds=8))
    grandchild = int(marker.read_text())
    deadline = time.monotonic() + 10
    while psutil.pid_exists(grandchild) and psutil.Process(grandchild).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_environment_and_files_are_not_inherited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    secret = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(secret, True)
    body = (
        "import os; return {'env': dict(os.environ), 'files': [os.readlink(f'/proc/self/fd/{n}') for n in range(3)] }"
    )
    serve(tmp_path, monkeypatch, body)
    answer = run_child("try", {})
    assert "canary" not in json.dumps(answer) and answer["env"]["OMP_NUM_THREADS"] == "1"
    serve(tmp_path, monkeypatch, "import os; return {'files': sorted(map(int, os.listdir('/proc/self/fd')))}")
    assert all(number < 5 for number in run_child("try", {})["files"])
    os.close(secret)


def test_reading_never_imports_torch(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,label\na,b\n")
    code = (
        "import sys, json; from pathlib import Path; from core.data.reading.parse import parse; "
        f"parse(Path({str(tmp_path / 'a.csv')!r}), Path({str(tmp_path / 'out')!r})); "
        "print(json.dumps(sorted(m for m in ('torch', 'transformers', 'streamlit') if m in sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=sandbox.ROOT, capture_output=True, text=True, check=True)
    assert json.loads(said.stdout) == []


def test_importing_the_room_is_light() -> None:
    code = (
        "import sys, core.data.reading; print([m for m in ('pyarrow', 'numpy', 'pandas', 'torch') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=sandbox.ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_unknown_verb_is_refused() -> None:
    said = subprocess.run([sys.executable, "-m", "core.data.child", "dance"], cwd=sandbox.ROOT, capture_output=True)
    assert said.returncode == 2
    assert set(child.VERBS) == {"parse", "check", "extract", "corpus"}


def test_children_side_by_side(tmp_path: Path) -> None:
    """Several threads at once, as in a server: no answer goes astray."""
    found: dict[int, int] = {}

    def work(number: int) -> None:
        source = tmp_path / f"{number}.csv"
        source.write_text("text,label\n" + "a,b\n" * number)
        found[number] = parse_in_child(source, tmp_path / f"{number}.out", read_limits=ReadLimits()).rows

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number for number in range(1, 5)}
