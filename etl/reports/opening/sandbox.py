"""The sandbox: opens a file in a process of its own, which cannot harm the one that asks.

What holds on Linux, always: 1 GB of memory (address space), 15 s of processor time, a wall-clock
limit by the file's size (formats.patience), not a byte written to a file, 32 descriptors, no core
dump, an empty environment, no start-up hooks of installed packages.

Where the kernel has Landlock (5.13; TCP from 6.7): no file is made, changed or removed, none is
read but the code of Python, its packages and this program; no TCP. Where it lets ordinary users
make one: a network namespace without any network. Where it permits neither, an audit hook still
refuses sockets and programs that Python code asks for; native code that was taken over could get
round that. Elsewhere (macOS) the limits that the system knows hold, and the audit hook.

The answer is JSON over stdout, cut off at a size, and believed only if it has the right shape.
"""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Thread, Timer
from types import ModuleType
from typing import IO, cast

from etl.reports.formats import MAX_BYTES, patience
from etl.reports.model.document import Document, Table
from etl.reports.opening.refusals import NOTES, REFUSALS, Refusal

MEMORY = 1_000_000_000  # bytes
PROCESSOR = 15  # seconds
DESCRIPTORS = 32
MAX_ANSWER = 100_000_000  # bytes of JSON

# How a system ends the processes of a service that is stopped, ours and the sandbox at once.
_STOPS = (-signal.SIGTERM, -signal.SIGINT)

_ROOT = Path(__file__).parents[3]
_START = (
    "import sys; sys.path += sys.argv[1:]; "
    "from etl.reports.opening import sandbox; sandbox.inside()"
)


class Stopped(RuntimeError):
    """The sandbox was asked to end from outside: nothing is known about the file."""


def open_safely(content: bytes, name: str) -> tuple[Document | Refusal, ...]:
    """Every document in a file, or why there is none; never empty, never raises for bad input.

    As files.open_file, whatever the file does. May be called from any thread. Takes a tenth of a
    second for a short text and never longer than formats.patience(len(content)).
    Raises Stopped when the process was stopped before it answered, as at the end of a service.
    """
    if not content.strip():
        return (Refusal(name, "empty"),)
    if len(content) > MAX_BYTES:
        return (Refusal(name, "too_big", "bytes"),)
    answer, status, late = _asked(content, name, patience(len(content)))
    try:
        return _believed(json.loads(answer))
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    if status in _STOPS:
        raise Stopped(f"{name} was being opened when the sandbox was stopped")
    if late or status == -signal.SIGXCPU:
        return (Refusal(name, "time"),)
    if len(answer) > MAX_ANSWER:
        return (Refusal(name, "too_big", "answer"),)
    return (Refusal(name, "crashed", f"status {status}"),)


# --- the asking side ---


def _asked(content: bytes, name: str, seconds: float) -> tuple[bytes, int, bool]:
    """The process's answer, its exit status, and whether it was ended for taking too long."""
    _compile()
    packages = [each for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    late = False

    def end() -> None:
        nonlocal late
        late = True
        child.kill()

    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, str(_ROOT), *packages],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as child:
        if child.stdin is None or child.stdout is None:
            child.kill()
            raise RuntimeError("the sandbox was started without pipes")
        timer = Timer(seconds, end)
        teller = Thread(target=_send, args=(child.stdin, name, content))
        timer.start()
        teller.start()
        try:
            answer = child.stdout.read(MAX_ANSWER + 1)
        finally:
            _see_off(child)
            timer.cancel()
            timer.join()
            teller.join()
    return answer, child.returncode, late


def _send(pipe: IO[bytes], name: str, content: bytes) -> None:
    """Writes a file's name and content to the process, and closes the pipe."""
    with contextlib.suppress(OSError), pipe:  # the process may end before it has read all
        pipe.write(json.dumps(name).encode() + b"\n")
        pipe.write(content)


@cache
def _compile() -> None:
    """Compiles the parsers' modules, which the sandbox may not: it would do so for each file."""
    import compileall  # here, as the sandbox's own start would wait for it too

    compileall.compile_dir(Path(__file__).parents[1], quiet=2)


def _see_off(child: subprocess.Popen) -> None:
    """Ends a process that has said all it had to say, or too much, if it does not end by itself."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=0.2)
    child.kill()


def _believed(answer: list) -> tuple[Document | Refusal, ...]:
    """What the process found. Raises ValueError, KeyError or TypeError for the wrong shape."""
    if not isinstance(answer, list) or not answer:
        raise ValueError("no documents")
    return tuple(_document(each) if "text" in each else _refusal(each) for each in answer)


def _refusal(told: dict) -> Refusal:
    refusal = Refusal(**told)
    _must(all(isinstance(each, str) for each in told.values()) and refusal.code in REFUSALS)
    return refusal


def _document(told: dict) -> Document:
    tables = tuple(
        Table(tuple(tuple(map(tuple, row)) for row in rows), position)
        for rows, position in told.pop("tables")
    )
    marks = tuple(map(tuple, told.pop("marks")))
    document = Document(**told | {"notes": tuple(told["notes"])}, marks=marks, tables=tables)
    length = len(document.text)
    texts = (document.name, document.kind, document.title, document.published, document.publisher)
    named = (document.url, *(table.position for table in tables), *(name for _, name in marks))
    _must(all(isinstance(each, str) for each in (*texts, *named)))
    _must(NOTES.keys() >= set(document.notes))
    starts = [start for start, _ in marks]
    _must(all(type(each) is int and 0 <= each <= length for each in starts))
    _must(starts == sorted(starts))
    for table in tables:
        for start, end in (cell for row in table.rows for cell in row):
            _must(type(start) is type(end) is int and 0 <= start <= end <= length)
    return document


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError("the answer has the wrong shape")


# --- the inner side: all that follows runs in the process of its own ---


def inside() -> None:
    """Reads a name and a file from stdin, writes what was found to stdout, and ends."""
    answer = os.dup(1)
    os.dup2(2, 1)  # what a parser prints is no part of the answer
    enter()
    from etl.reports.opening.files import open_file

    name = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        told = _told(open_file(content, name))
    except MemoryError:
        told = _told([Refusal(name, "memory")])
    except Exception as error:
        told = _told([Refusal(name, "unforeseen", _where(error))])
    with open(answer, "wb", closefd=False) as out:
        out.write(told)
    os._exit(0)  # no parser's clean-up: there is nothing to save


def _where(error: Exception) -> str:
    """An error's kind and the line that raised it, without what the file holds."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} {line}".strip()


def _told(found: Iterable[Document | Refusal]) -> bytes:
    """JSON; tables as pairs, as they make up most of it."""
    answer = []
    for each in found:
        told = {field.name: getattr(each, field.name) for field in dataclasses.fields(each)}
        if isinstance(each, Document):
            told["tables"] = [(table.rows, table.position) for table in each.tables]
        answer.append(told)
    return json.dumps(answer).encode()


def enter() -> None:
    """Shuts this process in, for good. What the system does not offer is left out."""
    # Parsers import numpy where they find it, and none needs it. None makes the import fail
    # (https://docs.python.org/3/reference/import.html#the-module-cache); typeshed forgets that.
    cast("dict[str, ModuleType | None]", sys.modules)["numpy"] = None
    if sys.platform == "linux":
        _shut_off_network()
        _shut_off_files()
    _set_limits()
    sys.addaudithook(_refuse)


def _set_limits() -> None:
    import resource

    limits = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_CPU": PROCESSOR,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": DESCRIPTORS,
        "RLIMIT_NPROC": 0,
        "RLIMIT_CORE": 0,
    }
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


_REFUSED = ("socket.__new__", "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty")


def _refuse(event: str, _: tuple) -> None:
    if event in _REFUSED or event == "os.posix_spawn":
        raise PermissionError(event)


def _shut_off_network() -> None:
    import ctypes

    new_user, new_network = 0x10000000, 0x40000000  # linux/sched.h
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(new_user | new_network)


def _shut_off_files() -> None:
    """Landlock: nothing may be written anywhere, and only code may be read.

    Numbers are those of linux/landlock.h and are the same on every architecture.
    """
    import ctypes
    import struct

    try:
        call = ctypes.CDLL(None, use_errno=True).syscall
    except (AttributeError, OSError):
        return
    create, add_rule, restrict = 444, 445, 446
    version = call(create, None, 0, 1)
    if version < 1:
        return
    read_file, list_folder = 1 << 2, 1 << 3
    rights = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)  # how many rights a version knows
    network = 0b11 if version >= 4 else 0  # bind and connect
    scope = 0b11 if version >= 6 else 0  # other processes' abstract sockets and signals
    rules = struct.pack("QQQ", ((1 << rights) - 1) & ~list_folder, network, scope)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = call(create, rules, size, 0)
    for folder in _readable():
        with contextlib.suppress(OSError):
            place = os.open(folder, os.O_PATH)
            call(add_rule, ruleset, 1, struct.pack("=Qi", read_file, place), 0)
            os.close(place)
    if ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) == 0:  # PR_SET_NO_NEW_PRIVS
        call(restrict, ruleset, 0)
    os.close(ruleset)


def _readable() -> list[str]:
    """Where code lies: Python's, its packages', this program's, the system's libraries."""
    code = [each for each in sys.path if Path(each) != _ROOT]
    ours = [str(_ROOT / each) for each in ("etl", "impact", "data/languages")]
    system = ["/lib", "/lib64", "/usr/lib", "/usr/local/lib", "/usr/share/zoneinfo", "/dev/null"]
    return [*code, *ours, *system, "/etc/ld.so.cache", "/dev/urandom"]
