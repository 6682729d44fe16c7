"""What was found about one thing."""

from dataclasses import dataclass

# FINE; NOTE: it works, but something is missing; WRONG: mend it before others rely on it.
FINE, NOTE, WRONG = "fine", "note", "wrong"


@dataclass(frozen=True)
class Finding:
    """how: FINE, NOTE or WRONG. about: the thing. sentence: what was found and what to do."""

    how: str
    about: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.how:<5}  {self.about}: {self.sentence}"
