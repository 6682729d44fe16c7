"""A real server that speaks S3, on loopback and for trial: the npm package s3rver.

`npm install` gets it once. It knows one key, keeps its objects in a folder, and takes no condition
with a put (If-None-Match), as some servers of the field do not.
"""

import contextlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests import npm
from tests.shared.ports import free_port

OWN = Path(__file__).with_name("s3")
INSTALLED = Path(__file__).parents[2] / ".venv" / "s3"
MISSING = "no S3 server: Node 18 or newer and `npm install s3rver` are needed"
BUCKET = "impact"
KEY = "S3RVER"


def installed() -> bool:
    """Whether the server can be started; gets it first where it is not there."""
    return npm.installed(OWN, INSTALLED, "s3rver")


class ObjectServer:
    """The server, which a test may kill and start again at the same address.

    address  where a test's blobs lie, as IMPACT_BLOBS names it
    folder   where it keeps its objects
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self._port = folder, free_port()
        self.address = f"s3://{BUCKET}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What a program is told to find it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
        }

    def start(self) -> None:
        """Returns when it answers."""
        if self._process:
            return
        self._mend()
        with (self.folder / "log").open("ab") as log:
            # More than a thousand names come in pages; s3rver tells the next one by a cipher (DES)
            # that OpenSSL 3 has among its old ones alone.
            command = ["node", "--openssl-legacy-provider", "server.mjs"]
            command += [str(self.folder), str(self._port), BUCKET]
            self._process = subprocess.Popen(
                command, cwd=INSTALLED, stdout=subprocess.PIPE, stderr=log
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said == b"ready\n", (self.folder / "log").read_text()

    def _mend(self) -> None:
        """Removes what a kill has left half written about an object: s3rver writes that in place,
        and answers 500 to every list as long as it is there."""
        for path in self.folder.rglob("*metadata.json"):
            try:
                json.loads(path.read_text())
            except ValueError:
                path.unlink()

    def kill(self) -> None:
        """As if its machine lost power."""
        if self._process:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None


@contextlib.contextmanager
def served(folder: Path) -> Iterator[ObjectServer]:
    """A server that keeps its objects in a folder."""
    folder.mkdir(exist_ok=True)
    server = ObjectServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
