"""The sandbox opens a file in a child process with limits, so that the file cannot harm the server.

A file may contain an attack on the parser that opens it. The child process limits what such an
attack can reach.

Limits on every Linux:
- 1 GB of memory (address space)
- 15 s of processor time
- a limit of wall-clock time that depends on the size of the file (formats.patience)
- no byte can be written to a file
- 32 open file descriptors
- no core dump
- an empty environment
- start-up hooks of installed packages do not run (Python's options -I and -S)

More limits, if the kernel has Landlock (Linux 5.13 or later):
- no file can be made, changed or removed
- only the code of Python, its packages, this program and the system's libraries can be read
- no TCP connections (Linux 6.7 or later)

One more limit, if the kernel lets ordinary users make a network namespace: no network at all.

An audit hook always refuses sockets and new programs that Python code asks for. It cannot stop
native code that an attack controls. Without Landlock and namespaces nothing else protects the
network, and nothing stops the child process from reading files.

On other systems, such as macOS, the resource limits that the system has hold, and the audit hook.

The child process answers with JSON on stdout. The answer is cut off at MAX_ANSWER bytes. It is used
only if every value in it has the right type and range.

Texts are read in such a process, too: see etl/reports/apart.py.
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

from etl.reports.formats import MAX_BYTES, _about, patience
from etl.reports.model.document import Document
from etl.reports.opening.doubles import told_apart
from etl.reports.opening.refusals import NOTES, REFUSALS, Refusal

MEMORY = 1_000_000_000  # bytes
PROCESSOR = 15  # seconds
DESCRIPTORS = 32
MAX_ANSWER = 100_000_000  # bytes of JSON

# A system that stops a service sends one of these signals to all its processes, to the sandbox too.
STOPS = (-signal.SIGTERM, -signal.SIGINT)

_ROOT = Path(__file__).parents[3]
_START = "from etl.reports.opening import sandbox; sandbox.inside()"


class Stopped(RuntimeError):
    """Somebody stopped the sandbox from outside. So nothing is known about the file."""


def open_safely(content: bytes, name: str) -> tuple[Document | Refusal, ...]:
    """Opens a file in the sandbox. Returns its documents, and a refusal for each part not opened.

    name  the file's name; its ending helps to find the format

    The result is never empty. It is as that of files.open_file, but that parts of one name are told
    apart (doubles.py). Whatever is wrong with the file is a refusal and no exception. May be called
    from any thread. It takes about 0.1 s for a short text and at most about
    formats.patience(len(content)) seconds.

    Raises Stopped if the child process was stopped from outside before it had answered.
    """
    if not content.strip():
        return (Refusal(name, "empty"),)
    if len(content) > MAX_BYTES:
        return (Refusal(name, "too_big", "bytes"),)
    answer, status, late = _run(content, name, patience(len(content)))
    try:
        return told_apart(_believed(json.loads(answer)))
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    if status in STOPS:
        raise Stopped(f"{name} was being opened when the sandbox was stopped")
    if late or status == -signal.SIGXCPU:
        return (Refusal(name, "time"),)
    if len(answer) > MAX_ANSWER:
        return (Refusal(name, "too_big", "answer"),)
    return (Refusal(name, "crashed", f"status {status}"),)


# --- the server's side: runs in the process that calls open_safely ---


def _run(content: bytes, name: str, seconds: float) -> tuple[bytes, int, bool]:
    """Has a child process open a file.

    Returns its answer (JSON, perhaps cut off), its exit status (minus the number of the signal that
    ended it, as in subprocess), and whether it was killed because `seconds` had passed.
    """
    late = False

    def end_late() -> None:
        nonlocal late
        late = True
        process.kill()

    with child(_START) as process:
        if process.stdin is None or process.stdout is None:
            process.kill()
            raise RuntimeError("the sandbox was started without pipes")
        timer = Timer(seconds, end_late)
        # The thread sends while this one reads. Else both processes could wait for each other, if
        # the child answers before it has read everything.
        sender = Thread(target=_send, args=(process.stdin, name, content))
        timer.start()
        sender.start()
        try:
            answer = process.stdout.read(MAX_ANSWER + 1)
        finally:
            _stop(process)
            timer.cancel()
            timer.join()
            sender.join()
    return answer, process.returncode, late


def child(start: str) -> "subprocess.Popen[bytes]":
    """Starts a child process with pipes. It runs some lines of Python, which call `entered`."""
    _compile()
    packages = [each for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    lines = f"import sys; sys.path += sys.argv[1:]; {start}"
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", lines, str(_ROOT), *packages],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a child process and closes its pipes."""
    with process:
        if process.stdin:
            with contextlib.suppress(OSError):  # the child may have ended before
                process.stdin.close()
        _stop(process)


def _send(pipe: IO[bytes], name: str, content: bytes) -> None:
    """Writes a file's name and content to the child process, and closes the pipe."""
    with contextlib.suppress(OSError), pipe:  # the child may end before it has read everything
        pipe.write(json.dumps(name).encode() + b"\n")
        pipe.write(content)


@cache
def _compile() -> None:
    """Compiles the modules that a child process takes in once, in the server's process.

    The child process may not write files, so it would compile them again for each file.
    """
    import compileall  # not at the top: the child imports this module, too, and has to start fast

    for folder in ("etl/reports", "impact/model"):
        compileall.compile_dir(_ROOT / folder, quiet=2)


def _stop(child: subprocess.Popen) -> None:
    """Kills a child process whose answer was read, if it does not end within 0.2 s by itself."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=0.2)
    child.kill()


def _believed(answer: list) -> tuple[Document | Refusal, ...]:
    """The documents and refusals of an answer, after a check of every value.

    The child process may be under control of an attack, so the answer can be anything. Raises
    ValueError, KeyError or TypeError for an answer of the wrong shape.
    """
    if not isinstance(answer, list) or not answer:
        raise ValueError("no documents")
    return tuple(_document(each) if "text" in each else _refusal(each) for each in answer)


def _refusal(fields: dict) -> Refusal:
    refusal = Refusal(**fields)
    _require(all(isinstance(each, str) for each in fields.values()) and refusal.code in REFUSALS)
    return refusal


def _document(fields: dict) -> Document:
    document = Document.of(fields)
    tables, marks = document.tables, document.marks
    length = len(document.text)
    texts = (document.name, document.kind, document.title, document.published, document.publisher)
    named = (document.url, *(table.position for table in tables), *(name for _, name in marks))
    _require(all(isinstance(each, str) for each in (*texts, *named)))
    _require(not document.published or _about.possible(document.published))
    _require(NOTES.keys() >= set(document.notes))
    starts = [start for start, _ in marks]
    _require(all(type(each) is int and 0 <= each <= length for each in starts))
    _require(starts == sorted(starts))
    for table in tables:
        for start, end in (cell for row in table.rows for cell in row):
            _require(type(start) is type(end) is int and 0 <= start <= end <= length)
    return document


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("the answer has the wrong shape")


# --- the child's side: everything below runs in the child process ---


def inside() -> None:
    """Reads a name and a file from stdin, writes the answer to stdout, and ends the process.

    Stdin holds one line with the name as JSON, then the bytes of the file. Never returns.
    """
    answers = entered()
    from etl.reports.opening.files import open_file

    name = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        found = _as_json(open_file(content, name))
    except MemoryError:
        found = _as_json([Refusal(name, "memory")])
    except Exception as error:
        found = _as_json([Refusal(name, "unforeseen", where(error))])
    with answers:
        answers.write(found)
    os._exit(0)  # at once: there is nothing to save, and the clean-up of a parser may take time


def where(error: Exception) -> str:
    """The type of an error and the line that raised it: "KeyError pdf.py:98".

    Its message is left out, because it may hold text of the file.
    """
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    line = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} {line}".strip()


def _as_json(found: Iterable[Document | Refusal]) -> bytes:
    """The answer: a JSON list with one object for each document or refusal."""
    answer = [
        each.told() if isinstance(each, Document) else dataclasses.asdict(each) for each in found
    ]
    return json.dumps(answer).encode()


def entered(processor: int | None = PROCESSOR) -> IO[bytes]:
    """Puts all limits on this process; returns where its answers go.

    processor  seconds of processor time, if they are limited
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a parser may print, and that must not get into the answer
    enter(processor)
    return answers


def enter(processor: int | None = PROCESSOR) -> None:
    """Puts all limits on this process. They cannot be taken off again.

    A limit that the system does not offer is left out without an error.
    """
    # Some parsers import numpy if it is installed, and none needs it. With None the import fails
    # (https://docs.python.org/3/reference/import.html#the-module-cache). The type stubs of sys do
    # not know that None is allowed here.
    cast("dict[str, ModuleType | None]", sys.modules)["numpy"] = None
    if sys.platform == "linux":
        _shut_off_network()
        _shut_off_files()
    _set_limits(processor)
    sys.addaudithook(_refuse)


def _set_limits(processor: int | None) -> None:
    """Sets the limits of setrlimit(2): bytes, seconds or numbers, as each resource counts."""
    import resource

    limits = {
        "RLIMIT_AS": MEMORY,
        **({} if processor is None else {"RLIMIT_CPU": processor}),
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": DESCRIPTORS,
        "RLIMIT_NPROC": 0,
        "RLIMIT_CORE": 0,
    }
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


# Names of audit events (https://docs.python.org/3/library/audit_events.html).
_REFUSED = ("socket.__new__", "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty")


def _refuse(event: str, _: tuple) -> None:
    """The audit hook. Raises PermissionError for a socket or a new program."""
    if event in _REFUSED or event == "os.posix_spawn":
        raise PermissionError(event)


def _shut_off_network() -> None:
    """Moves this process into a network namespace of its own, which has no connections."""
    import ctypes

    new_user, new_network = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET: linux/sched.h
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(new_user | new_network)


def _shut_off_files() -> None:
    """Lets Landlock forbid every write, every read of a file that is no code, and TCP.

    Folders may still be listed, as Python's import does it. The numbers are those of
    linux/landlock.h (https://docs.kernel.org/userspace-api/landlock.html) and are the same on every
    architecture.
    """
    import ctypes
    import struct

    try:
        call = ctypes.CDLL(None, use_errno=True).syscall
    except (AttributeError, OSError):
        return
    create, add_rule, restrict = 444, 445, 446  # the numbers of the system calls
    ask_version, path_beneath = 1, 1  # a flag of create, a type of rule
    version = call(create, None, 0, ask_version)
    if version < 1:
        return
    read_file, list_folder = 1 << 2, 1 << 3
    rights = {1: 13, 2: 14, 3: 15, 4: 15}.get(
        version, 16
    )  # number of rights that the version knows
    network = 0b11 if version >= 4 else 0  # forbids TCP bind and connect
    scope = 0b11 if version >= 6 else 0  # forbids abstract sockets and signals of other processes
    rules = struct.pack("QQQ", ((1 << rights) - 1) & ~list_folder, network, scope)
    size = (
        8 if version < 4 else 16 if version < 6 else 24
    )  # bytes of `rules` that the version knows
    ruleset = call(create, rules, size, 0)
    for folder in _readable():
        with contextlib.suppress(OSError):
            place = os.open(folder, os.O_PATH)
            call(add_rule, ruleset, path_beneath, struct.pack("=Qi", read_file, place), 0)
            os.close(place)
    if ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) == 0:  # PR_SET_NO_NEW_PRIVS
        call(restrict, ruleset, 0)
    os.close(ruleset)


def _readable() -> list[str]:
    """The folders and files that may be read: code of Python, its packages, this program and the
    system's libraries, and the few data files that they need.
    """
    code = [each for each in sys.path if Path(each) != _ROOT]
    ours = [str(_ROOT / each) for each in ("etl", "impact", "data")]
    system = ["/lib", "/lib64", "/usr/lib", "/usr/local/lib", "/usr/share/zoneinfo", "/dev/null"]
    return [*code, *ours, *system, "/etc/ld.so.cache", "/dev/urandom"]
