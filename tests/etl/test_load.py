"""Loading from the command line: what it says, what it leaves, how it fails."""

import subprocess
import sys
from pathlib import Path

import pytest

from etl import __main__ as etl
from etl import source
from etl.load import load
from impact.store import snapshot, snapshot_files
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.made import figure

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HEADER = (
    "id,date,place,admin_level,indicator,value,value_high,bound,unit,group,status,"
    "attributed_to,publisher,published,url,note,report_language"
)
GOOD = "x{n},2026-01-24,Kyiv,city,killed,{n},,exact,people,all,,,UNN,2026-01-24,https://e.org,,en"


@pytest.fixture
def table(tmp_path):
    """Writes a table of the curated shape; every row that is not a number is a bad one."""

    def write(*values, name="table.csv"):
        rows = [GOOD.format(n=n).replace(f",{n},,", f",{v},,") for n, v in enumerate(values)]
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(store, capsys):
    """Runs the command and returns its exit code, its words and its complaint."""

    def command(*arguments):
        code = etl.main(["--store", str(store), *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def complaint(run, *arguments):
    """The one line with which a command fails."""
    code, _, err = run(*arguments)
    assert code == 1
    (line,) = err.splitlines()
    assert line.startswith(f"etl {arguments[0]}: ")
    assert "Traceback" not in line
    return line


# Loading


def test_rows_in_are_kept_and_refused_and_the_refused_say_why(run, table, store):
    code, out, _ = run("load", "curated", "--file", table("1", "many", "3", "-4"))
    assert code == 0
    assert "curated: 4 rows in = 2 kept + 2 refused; 2 figures" in out
    assert "could not convert string to float: 'many'" in out
    assert "published 2 figures" in out
    ledger = Ledger(store)
    assert ledger.table("refusals")["position"].tolist() == ["x1", "x3"]
    assert ledger.check() == snapshot.check(ledger) == []


def test_loading_again_changes_nothing_and_says_so(run, table, store):
    path = table("1", "many")
    run("load", "curated", "--file", path)
    before = {name: len(Ledger(store).table(name)) for name in ("documents", "figures", "refusals")}
    name = snapshot_files.current(store)
    code, out, _ = run("load", "curated", "--file", path)
    assert code == 0
    assert "nothing new" in out
    # A table under another name is the same document.
    assert "nothing new" in run("load", "curated", "--file", table("1", "many", name="copy.csv"))[1]
    after = {name: len(Ledger(store).table(name)) for name in before}
    assert (after, snapshot_files.current(store)) == (before, name)


def test_a_corrected_table_replaces_its_rows(run, table, store):
    numbers = [str(n) for n in range(10)]
    run("load", "curated", "--file", table(*numbers))
    run("load", "curated", "--file", table(*(f"{n}0" for n in numbers), name="corrected.csv"))
    values = Reader(store).query("SELECT value FROM figures ORDER BY value")["value"]
    assert values.tolist() == [10.0 * n for n in range(10)]


def test_a_load_names_its_document_and_its_licence(store, table):
    loaded = load("curated", Ledger(store), [table("1")])
    assert loaded.receipt.new and loaded.receipt.figures_added == 1
    (document,) = Ledger(store).table("documents").to_dict("records")
    assert (document["name"], document["source"]) == ("table.csv", "curated")
    assert document["licence"] and document["title"]


def test_a_trusted_table_is_accepted_on_load_and_says_so(store, table):
    load("curated", Ledger(store), [table("1")])
    (decision,) = Ledger(store).table("decisions").to_dict("records")
    assert (decision["kind"], decision["who"]) == ("accept", "loader of curated")
    assert "trusted table" in decision["reason"]


def test_all_rows_refused_is_said_and_published_as_nothing(run, table, store):
    code, out, _ = run("load", "curated", "--file", table("many"))
    assert code == 0
    assert "1 rows in = 0 kept + 1 refused" in out
    assert Reader(store).count() == 0


def test_every_shipped_table_was_loaded(shipped):
    loaded = shipped.query("SELECT source, rows_in, rows_kept, rows_refused FROM documents")
    assert set(loaded["source"]) == {
        name for name in source.names() if source.get(name).SOURCE.files
    }
    assert (loaded["rows_in"] == loaded["rows_kept"] + loaded["rows_refused"]).all()
    assert dict(zip(loaded["source"], loaded["rows_in"], strict=True))["curated"] > 4000


# One clear sentence


def test_an_unknown_source_is_named_with_those_there_are(run):
    line = complaint(run, "load", "curatd")
    assert "curatd" in line and "curated" in line


def test_a_missing_file_is_named(run):
    assert "nowhere.csv" in complaint(run, "load", "curated", "--file", "nowhere.csv")


def test_a_folder_is_no_file_and_is_named(run, tmp_path):
    assert tmp_path.name in complaint(run, "load", "curated", "--file", tmp_path)


def test_a_source_that_ships_no_file_asks_for_one(run):
    assert "--file" in complaint(run, "load", "missile_attacks")


def test_a_file_without_its_source_asks_for_one(run, table):
    assert "exactly one source" in complaint(run, "load", "--file", table("1"))


NO_TABLES = {
    "a spreadsheet.csv": b"PK\x03\x04\xff\xfe\x00\x00",
    "another encoding.csv": f"{HEADER}\nx1,2026-01-24,Київ".encode("cp1251"),
    "an endless cell.csv": f'{HEADER}\nx1,"{"a" * 200_000}"\n'.encode(),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_a_file_that_is_no_table_is_one_sentence_that_says_so(run, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(NO_TABLES[name])
    assert len(complaint(run, "load", "curated", "--file", path).split()) > 5


def test_an_unknown_amendment_is_named_and_nothing_is_stored(run, table, tmp_path, store):
    changes = tmp_path / "amendments.csv"
    changes.write_text("id,field,value,reason\nx9,cause,weather,because\n", encoding="utf-8")
    assert "x9" in complaint(run, "load", "curated", "--file", table("1"), "--file", changes)
    assert len(Ledger(store).table("figures")) == 0


# check and answer


def test_check_of_an_empty_store_says_what_to_do(run):
    code, out, _ = run("check")
    assert code == 1
    assert "nothing stored yet" in out and "python -m etl load" in out


def test_check_says_that_a_store_is_sound_and_once_it_is_altered_names_the_problem(
    run, table, store
):
    run("load", "curated", "--file", table("1"))
    assert run("check")[:2] == (0, "the store is sound\n")
    next((store / "originals").iterdir()).write_bytes(b"")
    code, out, _ = run("check")
    assert code == 1
    assert "altered" in out and "1 problems" in out


def test_a_ledger_that_is_no_database_is_one_sentence(run, store):
    store.mkdir()
    (store / "ledger.duckdb").write_bytes(b"not a database" * 999)
    code, out, _ = run("check")
    assert code == 1 and "ledger of this store is damaged" in out and "Traceback" not in out
    assert "ledger" in complaint(run, "load")


DOUBTED = figure(dubious=True)


def test_an_answer_lets_a_doubted_figure_lead(run, publish):
    reader = publish(DOUBTED)
    who = "--who", "a reviewer", "--reason", "read the page"
    assert run("answer", DOUBTED.figure_id, "marked_dubious", *who)[0] == 0
    assert not reader.query("SELECT doubted FROM figures")["doubted"].item()


@pytest.mark.parametrize("rule", ["marked_dubios", "ten_times_rivals"])
def test_an_answer_to_a_doubt_that_nobody_raised_is_an_error(run, publish, rule):
    publish(DOUBTED)
    who = "--who", "a reviewer", "--reason", "read the page"
    assert rule in complaint(run, "answer", DOUBTED.figure_id, rule, *who)


def test_an_answer_about_no_figure_is_an_error(run):
    who = "--who", "a reviewer", "--reason", "read the page"
    assert "F-NOWHERE" in complaint(run, "answer", "F-NOWHERE", "marked_dubious", *who)


# As a process of its own


def process(store, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "etl", "--store", str(store), *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


def test_the_command_ends_with_its_exit_code_and_no_traceback(store, table):
    good = process(store, "load", "curated", "--file", table("1"))
    assert (good.returncode, good.stderr) == (0, "")
    bad = process(store, "load", "curatd")
    assert bad.returncode == 1
    assert len(bad.stderr.splitlines()) == 1 and bad.stderr.startswith("etl load: ")


def test_a_command_that_is_none_says_which_there_are(store):
    asked = process(store, "laod")
    assert asked.returncode == 2
    assert "load" in asked.stderr and "Traceback" not in asked.stderr
