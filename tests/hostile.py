"""A store whose every text of others tries to be more than text: pictures, links, formulas, icons.

Each field's text begins with the field's name, so that it is known wherever it comes up.
"""

from pathlib import Path

from etl.reports.intake import read_upload
from impact.store import inbox, snapshot
from impact.store.ledger import ANSWER, DISPUTE, NOTE, WITHDRAW, Ledger
from impact.store.reader import Reader
from tests.made import KHARKIV, figure, offer, toll

# No such host exists (RFC 2606); a request to it is a text that fetched something.
HOST = "outside.invalid"
TRICKS = (
    f"![p](http://{HOST}/p.png) [l](http://{HOST}/l) <img src=http://{HOST}/i.png> <b>b</b> $x^2$ "
    f":red[r] :material/home: :smile: :streamlit: www.{HOST} http://{HOST} me@{HOST} -> 1 "
    "**b** `c` ~~d~~ _e_ [^1] &amp; {x} %{y}"
)
SCRIPT = "javascript:alert(document.domain)"
PAGE = (
    "<html><head><title>{title}</title><meta property='og:site_name' content='{publisher}'>"
    "<meta property='article:published_time' content='2026-01-14'>"
    "<link rel='canonical' href='" + SCRIPT + "'></head>"
    "<body><p>On 14 January 2026 in Lviv 7 people were injured, said {speaker} mayor Sadovyi.</p>"
    "<p>In Kyiv 3,900,000 people were left without heating on 14 January 2026.</p>"
    "<p>Some 41 shivered {unplaced}. Some 300 rescuers worked {left_out}.</p></body></html>"
)


def tricks(field: str) -> str:
    """What stands in a field of the store."""
    return f"{field} {TRICKS}"


def typed(field: str) -> str:
    """The same as a page shows it: white space is one space."""
    return " ".join(tricks(field).split())


def fill(folder: Path) -> Ledger:
    """Makes such a store and publishes it."""
    ledger = Ledger(folder)
    said = {
        name: tricks(name) for name in ("attributed_to", "publisher", "note", "quote", "position")
    }
    lost = figure(value=6000.0, url=SCRIPT, **said)
    rival = figure(value=3300.0, url="https://example.org/a?b=(1)", publisher=tricks("other"))
    doubted = figure(value=3_900_000.0, unit="people", **said)
    cut_off = figure(value=80_000.0, indicator="power_outage", unit="customers", **said)
    children = toll(2.0, people=tricks("people"), **said)
    part = figure(value=40.0, part=tricks("part"), date="2026-01-25", published="2026-01-25")
    killed = toll(5.0, **said), toll(7.0, published="2026-01-25", attributed_to=tricks("speaker"))
    gone = figure(value=12.0, date="2026-01-26", place=KHARKIV)
    disputed = figure(value=15.0, date="2026-01-27", place=KHARKIV, url=f"//{HOST}/x")
    offer(ledger, lost, rival, doubted, cut_off, children, part, *killed, gone, disputed)
    ledger.decide(lost.figure_id, NOTE, tricks("noted_by"), tricks("noted"))
    ledger.decide(gone.figure_id, WITHDRAW, tricks("withdrawn_by"), tricks("withdrawn"))
    ledger.decide(disputed.figure_id, DISPUTE, tricks("disputed_by"), tricks("disputed"))
    snapshot.publish(ledger)
    for row in Reader(folder).query("FROM doubts WHERE rule <> 'disputed'").itertuples():
        answer = {"rule": row.rule}
        ledger.decide(row.figure_id, ANSWER, tricks("answered_by"), tricks("answer"), answer)
    _bring(ledger)
    snapshot.publish(ledger)
    return ledger


def _bring(ledger: Ledger) -> None:
    """Two reports, one with its figures accepted, and a file that cannot be read."""
    fields = ("title", "publisher", "speaker", "unplaced", "left_out")
    texts = {name: tricks(name).replace("&", "&amp;").replace("<", "&lt;") for name in fields}
    for name, page in (
        ("report", PAGE),
        ("accepted", PAGE.replace("14 January", "15 January").replace("01-14", "01-15")),
    ):
        # A name of a file has no stroke.
        file = f"{tricks(name).replace('/', '∕')}.html"
        upload, _ = inbox.receive(ledger, page.format(**texts).encode(), file, tricks("brought_by"))
        (part,) = read_upload(ledger, upload)
    rows = inbox.proposed(ledger, inbox.document_id(upload, part))
    for figure_id in rows["figure_id"]:
        ledger.accept(figure_id, tricks("accepted_by"), tricks("reason"))
    upload, _ = inbox.receive(ledger, b"\0\1", tricks("refused").replace("/", "∕"), "Taras")
    read_upload(ledger, upload)
