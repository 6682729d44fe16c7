"""Machines on one store for tests: each is a folder with a copy, and an engine of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from impact.sharing.place import Place
from impact.store import engine
from impact.store.ledger import Ledger
from impact.store.shared.engine import Shared


class Machines:
    """Makes ledgers of one shared store by name; every other folder is a store of its own."""

    def __init__(self, address: str, folder: Path, blobs: str = "") -> None:
        self.address, self.folder = address, folder
        self.blobs = blobs or str(folder / "blobs")
        (folder / "blobs").mkdir(exist_ok=True)
        self._engines: dict[Path, Shared] = {}

    def __call__(self, name: str) -> Ledger:
        """The ledger of a machine, which begins with an empty folder."""
        copy = self.folder / name
        if copy not in self._engines:
            self._engines[copy] = Shared(Place(self.address, self.blobs, copy))
        return Ledger(copy)

    def restart(self) -> None:
        """Lets each machine begin anew, with the copy that it has."""
        self.close()
        self._engines.clear()

    def take_back(self, name: str, former: Shared) -> None:
        """Lets a machine go on with the engine that it had before the others began anew."""
        self._engines[self.folder / name] = former

    def of(self, folder: Path) -> engine.Engine:
        return self._engines.get(folder) or engine.Alone(folder)

    def close(self) -> None:
        for each in self._engines.values():
            each.postgres.close()


@pytest.fixture
def machines(database: str, tmp_path: Path, monkeypatch) -> Iterator[Callable[[str], Ledger]]:
    """Machines on an empty store, whose files lie in a folder that all of them see."""
    found = Machines(database, tmp_path)
    monkeypatch.setattr(engine, "of", found.of)
    yield found
    found.close()
