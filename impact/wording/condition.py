"""How the store is, in plain sentences."""

from collections.abc import Iterator

from impact.model.language import N_, Words
from impact.queries.condition import Condition
from impact.store.condition import BUSY
from impact.store.work import Work
from impact.wording import feeds

WELL = N_("Nothing is wrong at the moment.")
_NOT_SHOWN = N_("The figures cannot be read: what mends it stands above.")
_BUSY = N_(
    "The store is busy: what waits and what was decided last cannot be told just now. Look again "
    "in some seconds."
)
_UNREADABLE = N_(
    "What waits and what was decided last cannot be told: the ledger of this store cannot be read."
)


def figures(found: Condition, words: Words) -> Iterator[str]:
    """Whether figures that were published can be read, how old they are, what was loaded last."""
    if found.built_at is None:
        yield words._(_NOT_SHOWN)
        return
    yield words.plural(
        "The figures can be read: the snapshot has {count} figure and is of {time}.",
        "The figures can be read: the snapshot has {count} figures and is of {time}.",
        found.figures,
        time=words.time(found.built_at),
    )
    if found.loaded is None:
        yield words._("No table has been loaded yet.")
    else:
        yield words._(
            "A table was loaded last on {time}: {source}.",
            time=words.time(found.loaded["received_at"]),
            source=feeds.name(found.loaded, words) or found.loaded["source"],
        )


def work(found: Condition, words: Words) -> Iterator[str]:
    """What waits, when somebody decided last, whether publishing works."""
    if found.work is None:
        yield words._(_BUSY if found.ledger == BUSY else _UNREADABLE)
    else:
        yield from _waiting(found.work, words)
    if found.publishes:
        yield words._("Publishing works: nothing keeps what is decided from the pages.")
    else:
        yield words._("Nothing can be published at the moment: what mends it stands above.")


def disk(free: int, words: Words) -> str:
    """How much room is left, of bytes."""
    if free < 1_000_000_000:
        return words._("{size} MB are free where the store lies.", size=words.number(free // 10**6))
    return words._("{size} GB are free where the store lies.", size=words.number(free // 10**9))


def _waiting(found: Work, words: Words) -> Iterator[str]:
    unread = words.plural(
        "{count} upload waits to be read.", "{count} uploads wait to be read.", found.unread
    )
    undecided = words.plural(
        "{count} report waits for a decision.",
        "{count} reports wait for a decision.",
        found.undecided,
    )
    yield unread if found.unread else words._("No upload waits to be read.")
    yield undecided if found.undecided else words._("No report waits for a decision.")
    if found.decided_at is None:
        yield words._("Nobody has decided about a figure yet.")
    else:
        yield words._(
            "Somebody decided about a figure last on {time}.", time=words.time(found.decided_at)
        )
