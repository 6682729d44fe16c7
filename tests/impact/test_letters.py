"""Lines of words in pictures: where they may end."""

from impact.charts import letters


def test_a_number_with_spaces_of_its_own_is_not_cut_in_two():
    text = "щонайменше 50\u00a0000 знеструмлено"
    for room in range(120, 300, 5):
        found = letters.lines(text, 11, room)
        assert any("50\u00a0000" in line for line in found)
        assert " ".join(found) == text


def test_a_word_longer_than_a_line_is_broken_and_nothing_is_lost():
    found = letters.lines("електропостачання", 11, 60)
    assert len(found) > 1 and "".join(found) == "електропостачання"
    assert all(letters.width(line, 11) <= 60 for line in found)
