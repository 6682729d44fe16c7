"""What somebody else did to a figure since this page showed it, in a sentence."""

from collections.abc import Iterable

from impact.model.language import N_, Words
from impact.store import states
from impact.store.ledger import ACCEPT, ANSWER, DISPUTE, PROPOSE, REJECT, REOPEN, SETTLE, WITHDRAW
from impact.store.states import Change

_HAPPENED = {
    ACCEPT: N_("{who} has accepted it meanwhile"),
    PROPOSE: N_("{who} has accepted it meanwhile, as the first of two persons"),
    REJECT: N_("{who} has rejected it meanwhile"),
    WITHDRAW: N_("{who} has withdrawn it meanwhile"),
    REOPEN: N_("{who} has taken the decision about it back meanwhile"),
    ANSWER: N_("{who} has answered its doubt meanwhile"),
    DISPUTE: N_("{who} has disputed it meanwhile"),
    SETTLE: N_("{who} has ended the dispute about it meanwhile"),
    states.CORRECTED: N_("{who} has corrected it meanwhile"),
    states.TAKEN_BACK: N_("{who} has taken it out again meanwhile"),
    states.ANSWER_BACK: N_("{who} has taken the answer to its doubt back meanwhile"),
    states.REREAD: N_("its report was read again meanwhile, with what {who} said of it"),
}


def happened(change: Change, words: Words) -> str:
    """What happened to one figure, as a part of a sentence."""
    what = _HAPPENED[change.what]
    return words._(what, who=change.who)


def nothing_decided(changes: Iterable[Change], words: Words) -> str:
    """Why a person's step was not taken."""
    told = "; ".join(happened(each, words) for each in changes)
    return words._(
        "Nothing was decided about this figure: {happened}. It is shown as it is now.",
        happened=told,
    )


def left_as_they_are(named: Iterable[tuple[str, Change]], words: Words) -> str:
    """Which figures a step left out, each by its name, and why."""
    told = "; ".join(f"{name} ({happened(change, words)})" for name, change in named)
    return words._("Nothing was decided about {figures}.", figures=told)
