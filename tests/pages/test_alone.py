"""A part of a page that runs by itself is drawn for whom it was drawn, and for nobody else."""

import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from impact.access import people
from impact.access.rules import Role
from impact.store import inbox
from impact.store.ledger import Ledger
from tests.pages.asking import proxied
from tests.pages.driving import ROOT
from tests.pages.test_doors import opened

PAGES = ROOT / "pages"
SECRET = "secret.txt"
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


def said(socket, **asked) -> tuple[str, str, str]:
    """What a run of a page, or of a part of it, says, the page's digest, and the part's name."""
    socket.send(BackMsg(rerun_script={"page_name": "upload", **asked}).SerializeToString())
    heard, page, part = "", "", ""
    until = time.monotonic() + 30
    while True:
        told = ForwardMsg.FromString(socket.recv(timeout=until - time.monotonic()))
        page = told.navigation.page_script_hash or page
        heard, part = heard + str(told.delta), told.delta.fragment_id or part
        if told.WhichOneof("type") == "script_finished" and told.script_finished in ENDED:
            return heard, page, part


def test_every_part_that_runs_by_itself_asks_for_whom_it_was_drawn():
    using = [each.name for each in PAGES.rglob("*.py") if "st.fragment" in each.read_text("utf-8")]
    assert using == ["alone.py"]


def test_a_part_that_stays_open_shows_nothing_more_once_the_role_is_gone(tmp_path, stores):
    with proxied(stores["small"], tmp_path) as url, opened(url, "contributor") as socket:
        folder = tmp_path / "store"
        inbox.receive(Ledger(folder), b"In Kharkiv 5 people were killed.", SECRET, "Taras")
        whole, page, part = said(socket)
        assert SECRET in whole and part
        alone = {"fragment_id": part, "page_script_hash": page}
        people.give(folder, "contributor", Role.VIEWER)
        for asked in (alone, {}):  # the part first, which then has the whole page run
            told, _, _ = said(socket, **asked)
            assert SECRET not in told and "nobody has reviewed" in told
        people.give(folder, "contributor", Role.CONTRIBUTOR)
        assert SECRET in said(socket)[0]
