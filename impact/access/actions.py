"""Everything that stores something, by name. data/access.toml says who may."""

from enum import StrEnum


class Action(StrEnum):
    """What a person does that a store keeps."""

    RECEIVE = "receive"
    SAY = "say"
    ACCEPT = "accept"
    CORRECT = "correct"
    ADD = "add"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    WITHDRAW_TABLE = "withdraw_table"
    REOPEN = "reopen"
    ANSWER = "answer"
    DISPUTE = "dispute"
    SETTLE = "settle"
    NOTE = "note"
    NOTE_BACK = "note_back"
    UNDO = "undo"
