"""A browser's question is answered although a run of the page begins meanwhile."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from pages.parts.shell import answers


@pytest.fixture
def queue(monkeypatch) -> ForwardMsgQueue:
    """A queue with an element of a page and an answer that wait to be sent."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)
    answers.keep()
    found = ForwardMsgQueue()
    element, answer = ForwardMsg(), ForwardMsg()
    element.delta.new_element.text.body = "of the run before"
    element.metadata.delta_path.extend([0, 1])
    answer.file_urls_response.response_id = "where to send it"
    found.enqueue(element)
    found.enqueue(answer)
    return found


def kinds(messages) -> list[str]:
    return [each.WhichOneof("type") for each in messages]


@pytest.mark.parametrize("fragments", [None, ["other"]])
def test_an_answer_outlives_the_beginning_of_a_run_and_is_sent_once(queue, fragments):
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=fragments)
    assert kinds(queue.flush()).count("file_urls_response") == 1
    assert queue.is_empty()


def test_what_the_run_before_had_to_say_is_dropped_as_before(queue):
    queue.clear(retain_lifecycle_msgs=True)
    assert kinds(queue.flush()) == ["file_urls_response"]


def test_what_was_sent_is_not_sent_again(queue):
    assert kinds(queue.flush()) == ["delta", "file_urls_response"]
    assert queue.flush() == []


def test_the_names_are_streamlits():
    known = {each.name for each in ForwardMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert set(answers.ANSWERS) <= known


def test_to_keep_them_twice_is_to_keep_them_once(queue):
    once = ForwardMsgQueue.clear
    answers.keep()
    assert ForwardMsgQueue.clear is once
