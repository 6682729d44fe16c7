"""What has become of a number or a picture: as then, as now, what changed, by whom and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from impact.model.rows import Row, records
from impact.queries import changes
from impact.queries.changes import Change
from impact.rules.headline import DEFAULT_RULE
from impact.rules.headline import known as _known
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What has become of a figure.

    now    the figure as it is published; None where it is not
    leads  the figure that leads its claim now; None where none does
    log    what persons changed about it and what took its place, the latest first
    """

    figure_id: str
    now: Row | None
    leads: Row | None
    log: tuple[Change, ...]

    @property
    def known(self) -> bool:
        """Whether it is, or ever was, published here."""
        return self.now is not None or bool(self.log)


def standing(reader: Reader, figure_id: str, rule: str = DEFAULT_RULE) -> Standing:
    """What has become of a figure, by its id."""
    log = _about(changes.corrected(reader), figure_id)
    now = _figure(reader, figure_id)
    # What took its place is about the same thing, and its claim still stands.
    successor = next((each.now for each in log if each.now), None)
    of = now or successor
    return Standing(
        figure_id=figure_id,
        now=now,
        leads=_leading(reader, of["claim"], rule) if of else None,
        log=log,
    )


def since(
    then: Reader,
    now: Reader,
    at: datetime,
    figure_ids: Collection[str],
    rule: str = DEFAULT_RULE,
) -> list[Change]:
    """What changed since a moment about the things that some figures speak of, the latest first.

    then        the store as it was known at the moment (UTC)
    figure_ids  of figures that were or are published
    """
    ids = set(figure_ids)
    claims = {claim for reader in (then, now) for claim in _claims(reader, ids)}
    found = changes.between(then, now, at, rule=rule)
    return [each for each in found if _touches(each, ids, claims)]


def _touches(change: Change, ids: Collection[str], claims: Collection[str]) -> bool:
    stated = [row for row in (change.was, change.now) if row]
    logged = [change.log[name] for name in ("figure_id", "new_id")] if change.log else []
    return any(row["claim"] in claims for row in stated) or any(each in ids for each in logged)


def _about(log: list[Change], figure_id: str) -> tuple[Change, ...]:
    """The lines about a figure, what it replaced and what replaced it."""
    ids = {figure_id}
    while True:
        found = [each for each in log if each.log and ids & set(_named(each.log))]
        more = {name for each in found if each.log for name in _named(each.log)}
        if more <= ids:
            return tuple(found)
        ids |= more


def _named(line: Row) -> list[str]:
    return [line[name] for name in ("figure_id", "new_id") if line[name]]


def _figure(reader: Reader, figure_id: str) -> Row | None:
    rows = reader.query("FROM figures WHERE figure_id = $1", [figure_id])
    return next(iter(records(rows)), None)


def _leading(reader: Reader, claim: str, rule: str) -> Row | None:
    rows = reader.query(
        f"FROM figures WHERE claim = $1 AND rank_{_known(rule)} = 0 AND NOT doubted", [claim]
    )
    return next(iter(records(rows)), None)


def _claims(reader: Reader, figure_ids: Collection[str]) -> list[str]:
    rows = reader.query(
        "SELECT DISTINCT claim FROM figures WHERE figure_id IN (SELECT unnest($1::VARCHAR[]))",
        [sorted(figure_ids)],
    )
    return list(rows["claim"])
