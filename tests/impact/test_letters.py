"""Lines of words in pictures: how wide they are, and where they may end."""

import pytest

from impact.charts import letters, look

LINES = [
    "Київ: щонайменше 5\u00a0635 будинків без опалення, 20 січня 2026 року",
    "Filled: verified; with a ring: confirmed; hollow: reported. ▲ at least, ▼ up to, ◆ about.",
    "Віталій Кличко, міський голова Києва, через «Українську правду»",
    "DTEK Kyiv Regional Grids via UNN, 24 January 2026, 18:00 Kyiv time",
    "−19,5 °C · 1,2 млн споживачів – ґанок, їжак, щастя",
    "WAVES OF DRONES: ШАХЕДИ НАД ЩАСТЯМ",
]
MEASURE = """([lines, family]) => {
  const pen = document.createElement('canvas').getContext('2d');
  return ['400', '700'].map(weight => lines.map(line => {
    pen.font = `${weight} 12px ${family}`;
    return pen.measureText(line).width;
  }));
}"""


@pytest.mark.browser
def test_a_browser_draws_words_as_wide_as_they_are_measured_and_no_wider(browser):
    page = browser.new_page()
    drawn = page.evaluate(MEASURE, [LINES, look.FONT])
    page.close()
    for bold, widths in enumerate(drawn):
        for line, wide in zip(LINES, widths, strict=True):
            measured = letters.width(line, 12, bold=bool(bold))
            assert wide <= measured <= 1.04 * wide, (line, bold)


def test_a_letter_that_the_font_lacks_is_taken_for_a_wide_one():
    assert letters.width("漢", 10) > letters.width("W", 10)


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


def test_a_word_with_a_hyphen_is_broken_after_it():
    assert letters.lines("Новгород-Сіверський", 12, 95) == ["Новгород-", "Сіверський"]
    assert "".join(letters.lines("Новгород-Сіверський", 12, 40)) == "Новгород-Сіверський"
