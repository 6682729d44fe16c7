"""Every source refuses a file that is not what it was: one sentence, and the store stays as it is.

The folder of sources is the list: a new one is tested, and must name a column that its files have.
"""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl import source
from etl.__main__ import main
from impact.store.ledger import Ledger

RECORDED = Path(__file__).parent / "recorded"
PAGE = b"<!DOCTYPE html>\n<html><title>Sign in</title></html>\n"
# Source -> columns or keys that its files cannot do without; a file has at least one of them.
COLUMNS = {
    "acled": ("civilian_targeting",),
    "air_raid_alerts": ("started_at",),
    "baselines": ("quantity",),
    "curated": ("report_language",),
    "hapi_idps": ("admin1_code",),
    "hrmmu": ("as_of",),
    "insecurity_insight": ("Health Workers Killed",),
    "iom_dtm": ("Estimated de facto IDPs present",),
    "missile_attacks": ("launched",),
    "norms": ("m1",),
    "oblast_marks": ("adm1_pcode",),
    "open_meteo": ("temperature_2m_mean",),
    "outage_schedules": ("update", "updatedOn", "rawHtml"),
    "temperature": ("t_mean_c",),
    "ucdp": ("deaths_civilians",),
}
# Texts, which have no columns: one of our own, and messages (test_energy_ministry.py).
TEXTS = {"example", "energy_ministry"}


def files(name: str) -> list[list[bytes]]:
    """The payloads of the shipped table, and of each recorded file."""
    shipped = source.shipped(name)
    recorded = [[path.read_bytes()] for path in sorted((RECORDED / name).glob("*"))]
    return ([shipped] if shipped else []) + recorded


CASES = [
    pytest.param(name, payloads, id=f"{name}-{number}")
    for name in source.names()
    if name not in TEXTS
    for number, payloads in enumerate(files(name))
]
each_file = pytest.mark.parametrize(("name", "payloads"), CASES)


def renamed(payload: bytes, columns: tuple[str, ...]) -> bytes:
    """The file with its columns named otherwise."""
    if not payload.startswith(b"PK"):
        head, tail = payload, b""
        if not payload.lstrip().startswith((b"{", b"[")):
            head, _, tail = payload.partition(b"\n")
        for column in columns:
            head = head.replace(column.encode(), b"renamed")
        return head + (b"\n" + tail if tail else b"")
    book = load_workbook(io.BytesIO(payload))
    for sheet in book.worksheets:
        for cell in sheet[1]:
            if str(cell.value).strip() in columns:
                cell.value = "renamed"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def half(payload: bytes) -> bytes:
    """The file cut off: a table within its last row, anything else in its middle."""
    if payload.startswith(b"PK") or payload.lstrip().startswith((b"{", b"[")):
        return payload[: len(payload) // 2]
    return payload.rstrip().rsplit(b",", 2)[0]


def refused(tmp_path, capsys, name: str, payloads: list[bytes]) -> str:
    """What is said of files that cannot be loaded; nothing may be stored."""
    options = []
    for number, payload in enumerate(payloads):
        path = tmp_path / f"file{number}"
        path.write_bytes(payload)
        options += ["--file", str(path)]
    store = tmp_path / "store"
    assert main(["--store", str(store), "load", name, *options]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("etl load: ")
    assert not Ledger(store).exists
    return line.removeprefix("etl load: ")


def test_every_source_that_reads_tables_names_a_column():
    assert set(COLUMNS) == set(source.names()) - TEXTS


@each_file
def test_a_changed_column_is_named(tmp_path, capsys, name, payloads):
    changed = [renamed(payloads[0], COLUMNS[name]), *payloads[1:]]
    assert changed[0] != payloads[0]
    told = refused(tmp_path, capsys, name, changed)
    assert any(column in told for column in COLUMNS[name])


@each_file
def test_an_empty_file_is_called_empty(tmp_path, capsys, name, payloads):
    assert "is empty" in refused(tmp_path, capsys, name, [b"", *payloads[1:]])


@each_file
def test_a_page_in_place_of_a_file_is_called_one(tmp_path, capsys, name, payloads):
    assert "web page and no data" in refused(tmp_path, capsys, name, [PAGE, *payloads[1:]])


@each_file
def test_half_a_file_breaks_off(tmp_path, capsys, name, payloads):
    assert "breaks off" in refused(tmp_path, capsys, name, [half(payloads[0]), *payloads[1:]])
