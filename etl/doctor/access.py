"""Access: whether people could sign in as the settings say, and who has a role."""

from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, NOTE, WRONG, Finding
from impact.access import people, rules, settings
from impact.access.actions import Action

_ABOUT = "access"


def examine(store: Path) -> Iterator[Finding]:
    """Reads the settings and the register of people; asks no provider."""
    try:
        found = settings.current()
    except settings.SettingsWrong as wrong:
        yield Finding(WRONG, _ABOUT, f"the server will not start: {wrong}")
        return
    if not found.way:
        yield Finding(NOTE, _ABOUT, "nobody signs in: others can only read (docs/operations.md)")
        return
    deciding = sum(
        rules.allowed(each.role, rules.ACTION, Action.ACCEPT) for each in people.everybody(store)
    )
    if deciding < 2 and not found.claim:
        sentence = f"{deciding} may decide, and deaths need two: `python -m etl people add`"
        yield Finding(WRONG, _ABOUT, sentence)
    else:
        yield Finding(FINE, _ABOUT, f"people sign in ({found.way}); {deciding} may decide so far")
