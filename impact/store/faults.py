"""What can be wrong with a store as a whole: one class a kind, with its sentence and its remedy.

A fault is raised where it stops what was asked, and listed where somebody asks how the store is
(condition.py). Its sentences name no path, as they stand on pages and in /health; `detail` is for
who looks after the store, in the words of the database or of the system.
"""

import errno
from datetime import datetime

from impact.model import language
from impact.model.language import N_, Words

_RESTORE = N_("Bring it back from a backup: `python -m etl restore FILE`.")
_REBUILD = N_("Make it anew: `python -m etl rebuild`.")
_CHECK = N_("`python -m etl check` says which.")


class StoreBusy(RuntimeError):
    """Another process has held the store for longer than it is waited for."""


class StoreFault(RuntimeError):
    """Something that is wrong with a store.

    closes    whether nothing may be received, reviewed or corrected meanwhile
    on_pages  whether every page says so; else those who look after the store are told alone
    """

    SENTENCE, REMEDY = "", ""
    closes, on_pages = True, True

    def __init__(self, detail: str = "", **values: object) -> None:
        self.detail, self.values = " ".join(detail.split()), values
        said = self.told(language.words(language.SOURCE_LANGUAGE))
        super().__init__(f"{said} ({self.detail})" if detail else said)

    def alone(self) -> "StoreFault":
        """Itself without what led to it, to be kept: frames would hold the files they had open."""
        self.__traceback__ = self.__cause__ = self.__context__ = None
        return self

    def told(self, words: Words) -> str:
        """What is wrong and what mends it, in the reader's language."""
        values = {name: _written(value, words) for name, value in self.values.items()}
        return f"{words._(self.SENTENCE, **values)} {words._(self.REMEDY)}"


class StoreIncomplete(StoreFault):
    """The store has had a ledger and has none: it never gets an empty one by itself."""

    SENTENCE = N_(
        "The ledger of this store is missing: nothing can be received, reviewed or corrected until "
        "it is back."
    )
    REMEDY = _RESTORE


class StoreUnreadable(StoreFault):
    """The ledger's file is cut short, altered or no database."""

    SENTENCE = N_(
        "The ledger of this store is damaged: nothing can be received, reviewed or corrected until "
        "it is mended."
    )
    REMEDY = _RESTORE


class StoreMixed(StoreFault):
    """The ledger is another store's than the folder."""

    SENTENCE = N_(
        "Two stores are mixed: the ledger is that of {ledger}, its folder that of {folder}."
    )
    REMEDY = N_(
        "Put the folder's own ledger back, or bring it back from a backup: "
        "`python -m etl restore FILE`."
    )


class StoreIsCopy(StoreFault):
    """The folder is a machine's copy of a shared store, and is used as a store of its own."""

    SENTENCE = N_("This folder is a copy of a shared store: nothing is stored in it alone.")
    REMEDY = N_("Set IMPACT_STORE to the address of the shared store, see docs/scaling.md.")


class LedgerAway(StoreFault):
    """The database that holds a shared store's ledger cannot be reached, or has ended."""

    SENTENCE = N_(
        "The database of this store does not answer: nothing can be received, reviewed or "
        "corrected until it does. You see what this machine has."
    )
    REMEDY = N_("It is tried again by itself.")


class LedgerRefuses(LedgerAway):
    """The database that holds a shared store's ledger lets this server's user do too little."""

    SENTENCE = N_(
        "The database of this store refuses what this server asks of it: nothing can be received, "
        "reviewed or corrected. You see what this machine has."
    )
    REMEDY = N_("Give the server's user its rights there, see docs/scaling.md.")


class CopyAhead(StoreFault):
    """A machine's copy has lines that the shared ledger lacks."""

    SENTENCE = N_(
        "The shared ledger lacks lines that this machine's copy has, so it is an older one: "
        "nothing is stored in it."
    )
    REMEDY = N_("Bring the newest backup back; or move the copy away if the ledger is right.")


class StoreNewer(StoreFault):
    """The store was written by a newer version than this one."""

    SENTENCE = N_(
        "This store was written by a newer version (its schema is {found}, the newest known here "
        "{known}) and is left as it is."
    )
    REMEDY = N_("Install that version to use it.")


class StoreFull(StoreFault):
    """No space is left where the store lies."""

    SENTENCE = N_("The disk of this store is full: nothing can be received, reviewed or corrected.")
    REMEDY = N_("Free some space, then run `python -m etl check`.")


class StoreFailing(StoreFault):
    """The disk takes what is written and fails to keep it."""

    SENTENCE = N_(
        "The disk of this store fails: what was just received, reviewed or corrected is not stored."
    )
    REMEDY = N_("Mend or replace the disk, then run `python -m etl check`.")


class StoreReadOnly(StoreFault):
    """The store's folder cannot be written to."""

    SENTENCE = N_(
        "The folder of this store cannot be written to: nothing can be received, reviewed or "
        "corrected."
    )
    REMEDY = N_("Make it writable, then run `python -m etl check`.")


class MarkerDamaged(StoreFault):
    """The file that says which store this is cannot be read."""

    SENTENCE = N_("The file that says which store this is (store.toml) is damaged.")
    REMEDY = N_("Write it anew: `python -m etl rebuild`.")


class PeopleDamaged(StoreFault):
    """The register of people cannot be read: nobody is known to have a role."""

    SENTENCE = N_(
        "The list of people and their roles (people.sqlite) is missing or damaged: nobody can sign "
        "in, bring reports or decide until it is back."
    )
    REMEDY = N_(
        "Bring it back; or move what is left of it away and add its people again: "
        "`python -m etl people add`."
    )
    closes = False


class SnapshotFault(StoreFault):
    """The current snapshot cannot be shown.

    shown  when the one shown instead was built (UTC); None where no other one can be read
    """

    REMEDY = _REBUILD
    closes = False

    def __init__(self, detail: str = "", *, shown: datetime | None = None):
        self.shown = shown
        super().__init__(detail)

    def told(self, words: Words) -> str:
        """What is wrong, what is shown instead and what mends it."""
        instead = words._("No other one can be read.")
        if self.shown:
            instead = words._("You see the last good one, of {time}.", time=words.time(self.shown))
        return f"{words._(self.SENTENCE)} {instead} {words._(self.REMEDY)}"


class PointerMissing(SnapshotFault):
    """Nothing names the current snapshot though there are some, or have been."""

    SENTENCE = N_("Nothing says any more which snapshot is the current one.")


class PointerDamaged(SnapshotFault):
    """What names the current snapshot names none."""

    SENTENCE = N_("The file that says which snapshot is the current one is damaged.")


class SnapshotMissing(SnapshotFault):
    """The current snapshot's file is gone."""

    SENTENCE = N_("The current snapshot is missing.")


class SnapshotDamaged(SnapshotFault):
    """The current snapshot is cut short, altered or no database."""

    SENTENCE = N_("The current snapshot is damaged.")


class SnapshotOtherSchema(SnapshotFault):
    """The current snapshot was written by another version."""

    SENTENCE = N_("The current snapshot was written by another version.")


class SnapshotForeign(SnapshotFault):
    """The current snapshot is another store's."""

    SENTENCE = N_("The current snapshot belongs to another store.")


class Withheld(StoreFault):
    """A snapshot with far fewer figures than the one shown is not published unasked."""

    SENTENCE = N_("A new snapshot of {new} figures is withheld: the last one has {old}.")
    REMEDY = N_("If that is right, publish it: `python -m etl publish --anyway`.")
    closes = False


class LedgerOlder(Withheld):
    """The ledger lacks lines that the last snapshot was made from: an append-only ledger loses
    none, so this is an older copy of it."""

    SENTENCE = N_(
        "The ledger lacks lines that the last snapshot was made from, so it is an older copy of "
        "it: nothing is published from it."
    )
    REMEDY = N_(
        "Bring the newest backup back with `python -m etl restore FILE`, or publish it all the "
        "same: `python -m etl publish --anyway`."
    )
    closes = True


class PublishingFails(StoreFault):
    """A fault of this program keeps what was decided from being published."""

    SENTENCE = N_(
        "What was decided cannot be published; the pages show the last snapshot. It is tried again "
        "by itself."
    )
    REMEDY = N_("`python -m etl publish` says what is wrong.")
    closes = False


class NoRoomToPublish(PublishingFails):
    """What was decided is stored, and the disk has no room for a snapshot of it."""

    SENTENCE = N_(
        "The disk has too little room to publish what was decided: it is stored, and the pages "
        "show the last snapshot."
    )
    REMEDY = N_("Free some space: it is tried again by itself.")


class ReadingFails(StoreFault):
    """What keeps one report from being read keeps all of them."""

    SENTENCE = N_("Reports that were received cannot be read: they are kept and wait.")
    REMEDY = N_("It is tried again by itself; the server's log says what is wrong.")
    closes = on_pages = False


class StorageAway(StoreFault):
    """What keeps originals and snapshots for several machines does not answer, or refuses.

    Its detail is never the storage's own words, as these may hold an address or a key.
    """

    SENTENCE = N_(
        "The storage for originals and snapshots cannot be reached: no report can be received, and "
        "the pages show the last snapshot that this machine has."
    )
    REMEDY = N_("It is tried again by itself.")
    closes = False


class StorageFull(StorageAway):
    """What keeps originals and snapshots for several machines has no room; what it has it gives."""

    SENTENCE = N_(
        "The storage for originals and snapshots has too little room: reports may not be received, "
        "and what is decided is stored and not published."
    )
    REMEDY = N_("Free some space there: it is tried again by itself.")


class OriginalsMissing(StoreFault):
    """Files of which the ledger speaks are gone."""

    SENTENCE = N_("Originals are missing: {count}.")
    REMEDY = _CHECK
    closes = on_pages = False


class ReadingsDamaged(StoreFault):
    """What was read from reports is missing or cannot be read."""

    SENTENCE = N_("Readings of reports are missing or damaged: {count}.")
    REMEDY = N_("Read them again: `python -m etl rebuild`.")
    closes = on_pages = False


class OriginalDamaged(StoreFault):
    """The bytes of one upload are gone, or are others."""

    SENTENCE = N_("The original of this report is missing or damaged: it cannot be read again.")
    REMEDY = _RESTORE
    closes = on_pages = False


class ReadingDamaged(StoreFault):
    """What was read from one report is gone, or no such thing."""

    SENTENCE = N_("What was read from this report is missing or damaged.")
    REMEDY = N_("Read it again: `python -m etl rebuild`.")
    closes = on_pages = False


_FULL = (errno.ENOSPC, errno.EDQUOT)
_FAILING = (errno.EIO,)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM, errno.EISDIR)


def of_system(error: OSError) -> StoreFault | None:
    """The fault behind an error of the system; None where it is another matter."""
    if error.errno in _FULL:
        return StoreFull(error.strerror or "")
    if error.errno in _FAILING:
        return StoreFailing(error.strerror or "")
    if error.errno in _READ_ONLY:
        return StoreReadOnly(error.strerror or "")
    return None


def _written(value: object, words: Words) -> str:
    return words.number(value) if isinstance(value, int) else str(value)
