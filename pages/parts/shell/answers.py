"""What a browser asked for is answered, also where a run of the page begins meanwhile.

When a run begins, Streamlit drops what the run before it had still to say, and with it the answers
to a browser that asked where to send a file, or for a download. The chosen file then never appears,
and nobody is told why.
"""

from functools import wraps

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

# The kinds of messages that answer a question, as Streamlit names them.
ANSWERS = ("file_urls_response", "backend_operation_response")


def keep() -> None:
    """Lets every queue of messages keep its answers when it is cleared; done once a process."""
    clear = ForwardMsgQueue.clear
    if hasattr(clear, "__wrapped__"):
        return

    @wraps(clear)
    def clear_but_answers(
        self: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        before = self._queue
        clear(self, retain_lifecycle_msgs, fragment_ids_this_run)
        if retain_lifecycle_msgs:  # a run begins; else the messages are on their way
            kept = {id(each) for each in self._queue}
            dropped = [each for each in before if id(each) not in kept]
            self._queue += [each for each in dropped if each.WhichOneof("type") in ANSWERS]

    ForwardMsgQueue.clear = clear_but_answers  # type: ignore[method-assign]
