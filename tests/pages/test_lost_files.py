"""A file that a browser shows as chosen and the server does not have, as after a new start, is told
and goes from the uploader."""

from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo

from tests.pages import reading

GONE = "It is no longer here"


def uploader(test):
    return next(each for each in reading.elements(test.main.root) if each.type == "file_uploader")


def test_it_is_told_also_to_whoever_sends_a_text_beside_it(store):
    test = reading.open_page("pages/reports/upload.py")
    before = uploader(test).proto.id
    test.text_input(key="reviewer").set_value("Olena").run()
    test.text_area[0].set_value("On 24 January 2026 5 people were injured in Kyiv.")
    states = test._tree.get_widget_states()
    file = UploadedFileInfo(file_id="gone", name="report.txt", size=93)
    states.widgets.add(
        id=before, file_uploader_state_value=FileUploaderState(uploaded_file_info=[file])
    )
    test._run(states)
    assert not test.exception
    assert GONE in " ".join(each.value for each in test.error)
    assert uploader(test).proto.id != before
    next(each for each in test.button if each.label == "Send").click().run()
    assert test.success
    assert GONE in " ".join(each.value for each in test.error)
