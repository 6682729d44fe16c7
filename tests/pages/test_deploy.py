"""The examples in deploy/: the proxies are started with the files that ship, where they are
installed, before a real server; systemd looks at its own where it can."""

import contextlib
import getpass
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.pages.asking import PROXY_SECRET, proxied
from tests.pages.binding import free_port
from tests.pages.driving import ROOT

pytestmark = pytest.mark.slow
DEPLOY = ROOT / "deploy"
NAME = "impact.example.org"
NGINX = """daemon off; user {user}; error_log stderr; pid {folder}/pid; events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
include {folder}/impact.conf; }}"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A folder with a certificate that we made ourselves, for NAME."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", str(folder / "impact.key"), "-out", str(folder / "impact.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def changed(file: str, server: str, tls: Path) -> str:
    """An example with another server behind it and our certificate; the rest as it ships."""
    text = (DEPLOY / file).read_text(encoding="utf-8")
    return text.replace("127.0.0.1:8501", server.removeprefix("http://")).replace(
        "/etc/ssl/", f"{tls}/"
    )


def nginx(server: str, port: int, tls: Path, folder: Path) -> list[str]:
    text = changed("nginx.conf", server, tls)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    # The server behind signs people in by a proxy; this one is the example of that, too.
    text = text.replace('X-Impact-User ""', "X-Impact-User contributor")
    text = text.replace('X-Impact-Secret ""', f"X-Impact-Secret {PROXY_SECRET}")
    (folder / "impact.conf").write_text(text)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=getpass.getuser()))
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(server: str, port: int, tls: Path, folder: Path) -> list[str]:
    text = changed("Caddyfile", server, tls)
    text = text.replace(f"{NAME} {{", f"https://{NAME}:{port} {{\n\tbind 127.0.0.1", 1)
    text = text.replace("-X-Impact-User", "X-Impact-User contributor")
    text = text.replace("-X-Impact-Secret", f"X-Impact-Secret {PROXY_SECRET}")
    head = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(head + text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextlib.contextmanager
def before(make: Callable[..., list[str]], server: str, tls: Path, folder: Path) -> Iterator[int]:
    """The port of a proxy that stands before a server."""
    port = free_port()
    command = make(server, port, tls, folder)
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=home, stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        assert process.poll() is None, (folder / "log").read_text(errors="replace")
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda each: each.__name__)
def front(request, stores, certificate, tmp_path_factory) -> Iterator["Front"]:
    if not shutil.which(request.param.__name__, path="/usr/sbin:/usr/bin:/bin"):
        pytest.skip(f"{request.param.__name__} is not installed")
    folder = tmp_path_factory.mktemp(request.param.__name__)
    with (
        proxied(stores["small"], folder) as server,
        before(request.param, server, certificate, folder) as port,
    ):
        yield Front(port, certificate / "impact.pem")


class Front:
    """A reader's side of the proxy: TLS, by the public name."""

    def __init__(self, port: int, trusted: Path) -> None:
        self.port, self.tls = port, ssl.create_default_context(cafile=str(trusted))
        self.client = httpx2.Client(
            base_url=f"https://127.0.0.1:{port}", verify=self.tls, trust_env=False, timeout=60
        )

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(
            path, headers={"Host": NAME} | headers, extensions={"sni_hostname": NAME}
        )

    def socket(self, **headers: str):
        return connect(
            f"wss://{NAME}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", self.port)),
            ssl=self.tls, server_hostname=NAME, origin=f"https://{NAME}",
            subprotocols=["streamlit"], max_size=None, max_queue=None, proxy=None,
            additional_headers=headers,
        )  # fmt: skip


def visit(found, page: str) -> str:
    """Runs a page over a WebSocket to its end; returns the visit's name."""
    found.send(BackMsg(rerun_script={"page_name": page}).SerializeToString())
    name = ""
    while True:
        told = ForwardMsg.FromString(found.recv(timeout=60))
        if told.WhichOneof("type") == "new_session":
            name = told.new_session.initialize.session_id
        if told.WhichOneof("type") == "script_finished":
            return name


def test_a_page_comes_over_tls_by_the_public_name_alone(front):
    answer = front.get("/data")
    assert answer.status_code == 200 and "max-age=" in answer.headers["Strict-Transport-Security"]
    assert answer.headers["Content-Security-Policy"]
    other = front.client.get(
        "/data", headers={"Host": "evil.example"}, extensions={"sni_hostname": NAME}
    )
    assert other.status_code != 200 or not other.text


def test_links_bear_the_public_address(front):
    feed = front.get("/feed.xml").text
    assert f"https://{NAME}/" in feed and "127.0.0.1" not in feed


def test_a_websocket_runs_a_page_with_cookies_of_many_kilobytes(front):
    cookies = "; ".join(f"group{n}={'x' * 3000}" for n in range(8))  # 24 KB
    assert front.get("/data", Cookie=cookies).status_code == 200
    with front.socket(Cookie=cookies) as found:
        assert visit(found, "method")


def test_a_file_of_many_megabytes_comes_through(front):
    with front.socket() as found:
        name = visit(found, "upload")
        token = front.get("/_stcore/health").cookies["_streamlit_xsrf"]
        content = b"Kharkiv, 24 January 2026.\n" * 900_000
        form = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n'
        answer = front.client.put(
            f"/_stcore/upload_file/{name}/f",
            content=form + content + b"\r\n--b--\r\n",
            headers={
                "Host": NAME, "X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}",
                "Content-Type": "multipart/form-data; boundary=b",
            },
            extensions={"sni_hostname": NAME},
        )  # fmt: skip
        assert answer.status_code == 204, answer.text


def test_what_a_browser_says_of_itself_does_not_count(front):
    """The proxy says who asks: a browser's own word for it is overwritten."""
    said = {"X-Impact-User": "admin", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "::1"}
    answer = front.get("/feed.xml", **said)
    assert answer.status_code == 200 and "evil.example" not in answer.text


@pytest.mark.parametrize("unit", sorted(each.name for each in DEPLOY.glob("impact*")))
def test_systemd_understands_each_unit(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze looks at units")
    for each in DEPLOY.glob("impact*"):
        text = each.read_text(encoding="utf-8").replace("/srv/impact/.venv/bin/python", "/bin/true")
        (tmp_path / each.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)],
        capture_output=True, text=True,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "impact" in line]
    assert ours == []


def test_a_unit_is_closed():
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze looks at units")
    for unit in sorted(DEPLOY.glob("*.service")):
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=30", str(unit)],
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, (unit.name, done.stdout[-300:], done.stderr)
