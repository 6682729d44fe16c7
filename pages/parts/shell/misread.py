"""A line above the page about what its address asks for and the page cannot show.

It says what is seen instead and offers what is nearest. It stays until the reader chooses something
or goes to another page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from impact.address.forms import NOT_OF_ITS_FORM
from impact.address.parameters import WrongParameter
from impact.model.language import N_, Words
from pages.parts.shell import screen as st

_OLD, _NEW, _ABOVE = "_misread", "_misread_now", "_misread_above"
# Lines that are shown, nearest values that each offers, and values that are named as all there are.
SHOWN, OFFERED, NAMED = 5, 3, 8
NOTHING_FOR = N_("This page has nothing for “{given}”.")
PASSED_OVER = N_("There is no parameter “{parameter}”: it is passed over.")
NOT_HERE = N_("This page takes no “{parameter}”: it is passed over.")
TOO_MANY = N_("This page shows fewer at a time. Left out: {given}.")


@dataclass(frozen=True, slots=True)
class Misread:
    """One parameter that was not understood, or that means something else than it says.

    names  what the nearest values are called on the page
    take   sets one of the nearest, by its number; without it nothing is offered
    """

    wrong: WrongParameter
    names: Sequence[str] = ()
    take: Callable[[int], None] | None = None

    def says(self, words: Words, shown: str) -> str:
        """One sentence, and what is seen instead."""
        wrong = self.wrong
        if not wrong.nearest and not wrong.form and 0 < len(wrong.allowed) <= NAMED:
            wrong = WrongParameter(
                NOT_OF_ITS_FORM, wrong.parameter, wrong.given, form=", ".join(wrong.allowed)
            )
        told = wrong.sentence(words, self.names)
        instead = words._("You see: {shown}.", shown=shown) if shown else ""
        return f"{told} {instead}".strip()


def begin(*, anew: bool) -> None:
    """Begins a run. Older lines go when the reader has come to a page `anew`.

    Lines that were noted in a run which the next one broke off are still shown.
    """
    if anew or _OLD not in st.session_state:
        st.session_state[_OLD], st.session_state[_NEW] = {}, {}


def above() -> None:
    """Keeps room for the lines, here."""
    st.session_state[_ABOVE] = st.container(key="misread", gap="xsmall")


def note(key: str, misread: Misread) -> None:
    """Keeps one line for a parameter, to be shown by `tell`."""
    st.session_state[_NEW][key, misread.wrong.message, misread.wrong.given] = misread


def tell(words: Words, shown: dict[str, str], *, chosen: bool) -> None:
    """Draws the lines.

    shown   what each parameter is set to, in the page's words
    chosen  whether the reader has chosen something in this run, so that older lines are over
    """
    new = st.session_state[_NEW]
    told = new if chosen else st.session_state[_OLD] | new
    st.session_state[_OLD], st.session_state[_NEW] = told, {}
    with st.session_state[_ABOVE]:
        for number, ((key, *_), each) in enumerate(list(told.items())[:SHOWN]):
            _line(number, each, words, shown.get(key, ""))
        if more := len(told) - SHOWN:
            _more(words, more)


def _line(line: int, misread: Misread, words: Words, shown: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(misread.says(words, shown), width="content")
        for number, name in enumerate(misread.names[:OFFERED] if misread.take else ()):
            if name != shown:
                st.button(
                    words._("Show {name}", name=name),
                    key=f"nearest-{line}-{number}",
                    type="tertiary",
                    on_click=misread.take,
                    args=(number,),
                )


def _more(words: Words, more: int) -> None:
    if more > 0:
        st.caption(
            words.plural(
                "{count} more part of the address was not understood.",
                "{count} more parts of the address were not understood.",
                more,
            )
        )
