"""How tests drive the pages: their files, a real server, and a reader's moves in a browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import weakref
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.crash.killing import kill

ROOT = Path(__file__).parents[2]
ADDRESS = "127.0.0.1"
OVERVIEW = "pages/explore/overview.py"
# Every page of the product, as the menu declares it: a file in one of these folders.
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("explore", "publish", "reports", "trust")
    for path in (ROOT / "pages" / folder).glob("*.py")
)
PATIENCE_MS = 90_000


def path_of(page: str) -> str:
    """Where a page's file is served; the overview is the front page."""
    return "/" if page == OVERVIEW else f"/{Path(page).stem}"


class Server:
    """The dashboard as `make run` serves it, on a port of its own, until it is stopped."""

    def __init__(self, store: Path, log: Path, script: str = "dashboard.py"):
        self.store, self.port = store, _free_port()
        self.url = f"http://{ADDRESS}:{self.port}"
        self.log = log
        command = [sys.executable, "-m", "streamlit", "run", script]
        options = ["--server.port", str(self.port), "--server.address", ADDRESS]
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                command + options,
                cwd=ROOT,
                env=os.environ | {"IMPACT_STORE": str(store)},
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        self._await_health()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """SIGKILL at once, for the sandboxes it has started too."""
        kill(self._process)

    def memory(self, line: str = "VmHWM") -> float:
        """The most megabytes that the server itself has held; with VmRSS what it holds now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(status.split(f"{line}:")[1].split()[0]) / 1024

    def threads(self) -> int:
        return len(list(Path(f"/proc/{self._process.pid}/task").iterdir()))

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    def worked(self) -> float:
        """Seconds of work of the server's own process so far: without its sandboxes."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def _await_health(self, seconds: float = 60) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None:
            try:
                opener.open(f"{self.url}/_stcore/health", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the server did not start: {self.log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return probe.getsockname()[1]


# The first byte of a message that asks for a run (BackMsg.rerun_script); a page says other things
# too, after which none begins.
_ASKS = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number << 3 | 2
# The two bytes at the end of a message that says that a run was cut short, as another follows.
_FINISHED = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number << 3
_ANOTHER = ForwardMsg.FINISHED_EARLY_FOR_RERUN
# Notes when a page asks its server for a run, when a run of its script has ended, and when
# anything on it was last drawn. A short run is over before the page has shown that it runs: so the
# server's own word for its end is heard, too.
_LISTEN = """
if (!window.talk) {
  window.talk = {asked: 0, ended: 0, settled: 0, drawn: 0};
  const send = WebSocket.prototype.send, heard = new WeakSet();
  const told = async ({data}) => {
    const bytes = new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data);
    const [field, how] = bytes.slice(-2);
    if (bytes.length < 100 && field === FINISHED && how !== ANOTHER)
      talk.ended = performance.now();
  };
  WebSocket.prototype.send = function (...message) {
    if (!heard.has(this)) this.addEventListener('message', told);
    heard.add(this);
    if (new Uint8Array(message[0])[0] === ASKS) talk.asked = performance.now();
    return send.apply(this, message);
  };
  new MutationObserver(changes => {
    if (changes.some(each => each.target.dataset.testScriptState === 'notRunning'))
      talk.ended = performance.now();
  }).observe(document, {subtree: true, attributeFilter: ['data-test-script-state']});
  new MutationObserver(() => { talk.drawn = performance.now(); })
    .observe(document, {subtree: true, childList: true});
}"""
for _name, _value in (("ASKS", _ASKS), ("FINISHED", _FINISHED), ("ANOTHER", _ANOTHER)):
    _LISTEN = _LISTEN.replace(_name, str(_value))
# Whether the script stands still, and every chart is drawn as wide as its place. Where the page has
# asked since it stood still last and a run has ended, a moment without drawing is enough. Where
# none has, one is on its way. Where it has not asked, it may yet ask.
_STILL = """([unasked, answered, waiting]) => {
  const fills = (place, drawn) => drawn && Math.abs(place.clientWidth - drawn.clientWidth) <= 2;
  const app = document.querySelector('[data-testid="stApp"]');
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  const still = app && app.dataset.testScriptState === 'notRunning'
    && !document.documentElement.hasAttribute('data-redrawing')
    && document.querySelector('h1') && !document.querySelector('[data-testid="stSkeleton"]')
    && charts.every(chart => fills(chart, chart.querySelector('.js-plotly-plot .main-svg')));
  if (!still) { window.stillSince = undefined; return false; }
  const now = performance.now(), talk = window.talk || {};
  const asked = talk.asked > talk.settled, ended = talk.ended > talk.asked;
  window.stillSince ??= now;
  if (now - window.stillSince < (!asked ? unasked : ended ? answered : waiting)) return false;
  if (now - Math.max(talk.drawn, talk.ended) < answered) return false;
  talk.settled = talk.asked;
  return true;
}"""
_STILL_MS = [400, 150, 5_000]
_LOOKED_EVERY_MS = 50
# The windows that listen.
_LISTENING: weakref.WeakSet[Page] = weakref.WeakSet()


def settle(page: Page) -> None:
    """Waits until the script has run and stopped; where none begins, for so long that none will."""
    page.evaluate("window.stillSince = undefined")
    page.wait_for_function(_STILL, arg=_STILL_MS, timeout=PATIENCE_MS, polling=_LOOKED_EVERY_MS)


def visit(page: Page, url: str) -> None:
    """Opens an address and waits for its page."""
    if page not in _LISTENING:
        page.add_init_script(_LISTEN)
        _LISTENING.add(page)
    page.goto(url)
    settle(page)


def leave(page: Page) -> None:
    """Empties a window: nothing of it is left to the next who visits a page in it."""
    page.unroute_all()
    page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
    if page.url.startswith("http"):
        page.evaluate("sessionStorage.clear(); localStorage.clear()")
    page.goto("about:blank")


def choose(page: Page, label: str, option: str) -> None:
    """Picks an option of a select box by its words."""
    box = page.get_by_role("combobox", name=re.compile(rf"\b{label}"))
    folded = not box.count()
    if folded:
        page.locator(".st-key-more button").click()
    box.click()
    # A long list scrolls to what is chosen as it opens: typed for, the option stands alone.
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)
    if folded:
        page.keyboard.press("Escape")


def menu(page: Page) -> Locator:
    """The links of the menu."""
    return page.get_by_test_id("stSidebarNavLink")


def drawer(page: Page) -> Locator:
    """The evidence, once it is open."""
    found = page.get_by_role("dialog")
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    return found


# Scrolls to the mark of a claim in any chart and gives its place on the screen.
_MARK = """claim => {
  for (const plot of document.querySelectorAll('.js-plotly-plot'))
    for (const marks of plot.calcdata || []) {
      const trace = marks[0].trace;
      if (trace.type !== 'scatter' || trace.hoverinfo === 'skip' || !trace.customdata) continue;
      for (const mark of marks) {
        const data = trace.customdata[mark.i];
        if (!data || !String(data[0]).includes(claim)) continue;
        const layout = plot._fullLayout, x = layout.xaxis;
        const y = layout['yaxis' + trace.yaxis.slice(1)];
        const place = () => {
          const box = plot.getBoundingClientRect();
          return [box.left + x._offset + x.c2p(mark.x), box.top + y._offset + y.c2p(mark.y)];
        };
        const scrolled = document.querySelector('[data-testid="stMain"]');
        scrolled.scrollBy(0, place()[1] - innerHeight / 2);
        return place();
      }
    }
  return null;
}"""


def click_mark(page: Page, claim: str) -> None:
    """Clicks the mark of a claim; the claim's key may be given in part."""
    place = page.evaluate(_MARK, claim)
    assert place, f"no mark for {claim}"
    page.mouse.click(*place)
    settle(page)


_CLIPPED = """() => {
  const cut = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot .svg-container')) {
    const frame = plot.getBoundingClientRect();
    for (const text of plot.querySelectorAll('.annotation-text, svg text')) {
      const box = text.getBoundingClientRect();
      if (!text.textContent.trim() || !box.width) continue;
      const over = Math.max(frame.left - box.left, box.right - frame.right,
                            frame.top - box.top, box.bottom - frame.bottom);
      if (over > 1) cut.push(`${text.textContent.slice(0, 60)} (by ${Math.round(over)} px)`);
    }
  }
  return cut;
}"""


def clipped(page: Page) -> Sequence[str]:
    """Texts of charts that reach over the edge of their picture."""
    return page.evaluate(_CLIPPED)


def overflow(page: Page) -> int:
    """By how many px the page is wider than its window."""
    return page.evaluate(
        """() => Math.max(...[document.documentElement,
             document.querySelector('[data-testid="stMain"]')]
             .map(each => each.scrollWidth - each.clientWidth))"""
    )
