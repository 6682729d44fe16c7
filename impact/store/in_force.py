"""Which decision is in force: told here, as SQL, and nowhere else.

Each constant is a SELECT that others put into their own. The order of decisions is the ledger's
number, never the clock. The detail of a decision (decision.py) is read in TOLD alone.

What is asked where decisions are recorded is written so that DuckDB and PostgreSQL both understand
it (shared/writing.py), by an index on the subject there: TOLD, VERDICTS, STANDING, DISPUTES,
ANSWERS_WAITING and LAST. PostgreSQL has functions of DuckDB's names for JSON (shared/lookups.py).
"""

from impact.store.decision import (
    ACCEPT,
    ANSWER,
    CLOCK,
    DISPUTE,
    NOTE,
    NOTE_BACK,
    PROPOSE,
    REJECT,
    REOPEN,
    SETTLE,
    WITHDRAW,
)


def _text(name: str) -> str:
    return f"json_extract_string(detail, '$.{name}')"


def _flag(name: str) -> str:
    return f"coalesce({_text(name)} = 'true', FALSE)"


# Every decision, its detail as columns: NULL (of the flags FALSE) where the detail has no such
# field. decided_by is whose decision it is: another person may have put it back or carried it over.
TOLD = f"""
SELECT decision_id, number, subject, kind, who, reason, detail, decided_at,
       coalesce({_text("by")}, who) AS decided_by, {_text("by")} IS NOT NULL AS put_back,
       {_text("first")} AS "first", {_text("replaces")} AS replaces,
       {_text("carries")} AS carries, {_text("replaced_by")} AS replaced_by,
       {_text("rule")} AS rule, {_text("note")} AS note,
       {_text("time")} AS time, CAST(json_extract(detail, '$.changed') AS VARCHAR) AS changed,
       {_text("changed.date")} IS NOT NULL AS day_changed,
       {_flag("added")} AS added, {_flag("taken_back")} AS taken_back, {_flag("waits")} AS waits
FROM decisions
"""


def _last(condition: str, of: str = "subject") -> str:
    """The last decision of some kinds about each subject."""
    return f"""
SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY {of} ORDER BY number DESC) AS nth
    FROM ({TOLD}) AS told WHERE {condition}) AS told WHERE nth = 1
"""


# Whether a figure or a document is accepted, a first acceptance included: the last word about it.
VERDICTS = _last(f"kind IN {(ACCEPT, REJECT, WITHDRAW, REOPEN, PROPOSE)}")
# By which verdict it stands in public or does not. A first acceptance changes nothing there, nor
# does a correction that waits for its second person; an acceptance that was put back as the first
# took the second with it.
STANDING = _last(
    f"(kind IN {(ACCEPT, REJECT, WITHDRAW, REOPEN)} AND NOT waits)"
    f" OR (kind = '{PROPOSE}' AND put_back)"
)
# Disputes that nobody has ended.
DISPUTES = f"""
SELECT * FROM ({_last(f"kind IN {(DISPUTE, SETTLE)}")}) AS told WHERE kind = '{DISPUTE}'
"""
# Doubts that are answered, for each subject and rule, unless the answer was taken back or waits for
# a second person's.
ANSWERS = f"""
SELECT * FROM ({_last(f"kind = '{ANSWER}' AND NOT waits", of="subject, rule")}) WHERE NOT taken_back
"""
# Answers that wait for a second person's.
ANSWERS_WAITING = f"""
SELECT * FROM ({_last(f"kind = '{ANSWER}'", of="subject, rule")}) AS told WHERE waits
"""
# Notes that nobody has taken back.
NOTES = f"""
SELECT * FROM ({TOLD}) WHERE kind = '{NOTE}' AND decision_id NOT IN (
    SELECT note FROM ({TOLD}) WHERE kind = '{NOTE_BACK}' AND note IS NOT NULL)
"""
# True times of lines that persons have named; of several the last holds.
TIMES = _last(f"kind = '{CLOCK}'")
# The last that was decided about a figure, whatever it was. Notes decide nothing.
LAST = _last(f"kind NOT IN {(NOTE, NOTE_BACK)}")
# Figures that a person wrote: the one each corrects (NULL where the reader had missed it), whether
# the day was among what the person altered, and since when it is written.
WRITTEN = f"""
SELECT subject AS figure_id, arg_max(replaces, number) AS replaces,
       bool_or(day_changed) AS day_changed, min(decided_at) AS since
FROM ({TOLD}) WHERE replaces IS NOT NULL OR added GROUP BY subject
"""

# A figure a row. verdict: "", accept, reject, withdraw, or propose for a first acceptance that
# waits for a second person's; decided_by, reason: whose and why; first: who accepted it before
# them; replaced_by, replaces, changed: a correction; carries: the figure that said the same in a
# former reading; added: missed by the reader; taken_back: a
# person wrote it and took it back; disputed, disputed_by: a dispute that nobody has ended.
FIGURES = f"""
SELECT figures.figure_id,
       CASE WHEN last.kind = '{REOPEN}' THEN '' ELSE coalesce(last.kind, '') END AS verdict,
       coalesce(last.decided_by, '') AS decided_by, coalesce(last.reason, '') AS reason,
       coalesce(last."first", '') AS "first", coalesce(last.replaced_by, '') AS replaced_by,
       coalesce(last.replaces, '') AS replaces, coalesce(last.carries, '') AS carries,
       coalesce(last.changed, '') AS changed,
       coalesce(last.added, FALSE) AS added, coalesce(last.taken_back, FALSE) AS taken_back,
       coalesce(dispute.reason, '') AS disputed, coalesce(dispute.decided_by, '') AS disputed_by
FROM figures
LEFT JOIN ({VERDICTS}) AS last ON last.subject = figures.figure_id
LEFT JOIN ({DISPUTES}) AS dispute ON dispute.subject = figures.figure_id
"""
