"""Trials of a shared store that take minutes. A line each; 1 if anything was wrong.

python -m tests.shared.trial [--rounds N] [--minutes M] [--kills N] [--seed N]

    --rounds   ten machines bring the same file and the same document at once, so many times
    --minutes  4 machines write, 2 load, 2 look and 1 keeps up, for so long
    --kills    the same, while machines, PostgreSQL and the storage are killed, so many times

PostgreSQL and the storage for trial are started here and removed. 0 leaves a trial out.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from impact.store.ledger import Ledger
from tests.shared import object_server, postgres
from tests.shared.office import ROOT
from tests.shared.trial import judging

CLIENTS = 10
CROWD = {"write": 4, "load": 2, "look": 2, "keep_up": 1}
# Seconds between two kills.
LEAST, MOST = 0.3, 2.0


@dataclass
class Trial:
    """A store of its own, and the machines that work on it."""

    folder: Path
    database: str
    server: postgres.Postgres
    objects: object_server.ObjectServer
    machines: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def start(self, what: str, name: str) -> subprocess.Popen[str]:
        """Starts a machine, or starts it again with the copy that it has."""
        told = {**os.environ, "IMPACT_COPY": str(self.folder / name)}
        with (self.folder / f"{name}.err").open("a") as errors:
            self.machines[name] = subprocess.Popen(
                [sys.executable, "-m", "tests.shared.trial.working", what, name,
                 str(self.folder / f"{name}.said")],
                cwd=ROOT, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                text=True,
            )  # fmt: skip
        return self.machines[name]

    def crowd(self) -> None:
        """Starts all of a crowd; returns when each has begun."""
        for what, many in CROWD.items():
            for number in range(many):
                self.start(what, f"{what}-{number}")
        for each in self.machines.values():
            assert each.stdout is not None
            each.stdout.readline()

    def stop(self) -> list[str]:
        """Kills every machine; says which had ended by itself, and with what."""
        found = []
        for name, each in self.machines.items():
            if each.poll() is not None:
                last = (self.folder / f"{name}.err").read_text().strip().splitlines()[-1:]
                found.append(f"{name} ended by itself ({each.returncode}): {' '.join(last)}")
            each.kill()
            each.communicate()
        return found

    def copy(self, name: str) -> Ledger:
        """The ledger of a machine, or of one that begins now."""
        os.environ["IMPACT_COPY"] = str(self.folder / name)
        return Ledger()

    def judged(self, what: str, wrong: list[str]) -> int:
        """Says what a trial has shown; returns how much was wrong."""
        # A machine that was killed in the middle of a put leaves s3rver's note of it half written.
        self.objects.kill()
        self.objects.start()
        said = judging.told(self.folder.glob("*.said"))
        wrong += judging.problems(self.database, said)
        names = ["fresh", *(each for each in sorted(self.machines) if each.endswith("-0"))]
        wrong += judging.whole([self.copy(name) for name in names])
        print(f"{what}: {len(wrong)} wrong; {judging.counted(said)}", flush=True)
        for each in wrong[:20]:
            print(f"    {each}", flush=True)
        return len(wrong)


@contextlib.contextmanager
def store(server: postgres.Postgres) -> Iterator[Trial]:
    """An empty store for one trial."""
    with contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="impact-trial-")))
        objects = opened.enter_context(object_server.served(folder / "s3"))
        address = opened.enter_context(postgres.database(server.address))
        os.environ |= {"IMPACT_STORE": address, "IMPACT_BLOBS": objects.address}
        os.environ |= {**objects.environment, "IMPACT_COPY": str(folder / "fresh")}
        trial = Trial(folder, address, server, objects)
        try:
            yield trial
        finally:
            trial.stop()


def same_file(trial: Trial, rounds: int) -> int:
    """Ten machines bring one file at once: one document each round, new to one of them."""
    machines = [trial.start("offer", f"offer-{number}") for number in range(CLIENTS)]
    for each in machines:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    for number in range(rounds):
        for each in machines:
            assert each.stdin is not None
            each.stdin.write(f"round {number}\n")
            each.stdin.flush()
        for each in machines:
            assert each.stdout is not None and each.stdout.readline() == "done\n"
    wrong = trial.stop()
    said = judging.told(trial.folder.glob("*.said"))
    for what, new in (("upload", "new"), ("document", "stored")):
        kept = {each[what] for each in said}
        first = sum(each[new] for each in said)
        if (len(kept), first, len(said)) != (rounds, rounds, rounds * CLIENTS):
            wrong.append(f"{len(kept)} {what}s, {first} new, of {len(said)} offers")
    return trial.judged(f"{CLIENTS} machines with one file, {rounds} rounds", wrong)


def crowded(trial: Trial, minutes: float) -> int:
    """Writers, loaders, readers and upkeep at once."""
    trial.crowd()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until and all(e.poll() is None for e in trial.machines.values()):
        time.sleep(0.5)
    return trial.judged(f"a crowd of {sum(CROWD.values())}, {minutes:g} minutes", trial.stop())


def killed(trial: Trial, kills: int, seed: int) -> int:
    """The same, while what they are and what they stand on is killed."""
    dice = random.Random(seed)
    trial.crowd()
    time.sleep(5)
    count = {"a machine": 0, "PostgreSQL": 0, "the storage": 0}
    wrong = []
    for number in range(kills):
        time.sleep(dice.uniform(LEAST, MOST))
        what = list(count)[number % len(count)]
        count[what] += 1
        if what == "a machine":
            name = dice.choice(sorted(trial.machines))
            each = trial.machines[name]
            if each.poll() is not None:
                wrong += trial.stop()
                break
            each.kill()
            each.communicate()
            trial.start(name.rpartition("-")[0], name)
        else:
            server = trial.server if what == "PostgreSQL" else trial.objects
            server.kill()
            time.sleep(dice.uniform(0, MOST / 2))
            server.start()
    time.sleep(5)  # whoever was told to try again does
    wrong += trial.stop()
    told = ", ".join(f"{name} {many}" for name, many in count.items())
    return trial.judged(f"{kills} kills ({told})", wrong)


def main(options: argparse.Namespace) -> int:
    """Runs the trials one after another."""
    missing = [] if object_server.installed() else [object_server.MISSING]
    if not (binaries := postgres.binaries()):
        missing.append(postgres.MISSING)
    if missing or binaries is None:
        print("\n".join(missing), file=sys.stderr)
        return 1
    wrong = 0
    with postgres.served(binaries) as server:
        os.environ["PGPASSWORD"] = server.password
        if options.rounds:
            with store(server) as trial:
                wrong += same_file(trial, options.rounds)
        if options.minutes:
            with store(server) as trial:
                wrong += crowded(trial, options.minutes)
        if options.kills:
            with store(server) as trial:
                wrong += killed(trial, options.kills, options.seed)
    return bool(wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(main(parser.parse_args()))
