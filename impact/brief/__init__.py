"""The brief: what is published of one area and one day or week, on two printed pages.

    opening(reader, area)               the worst day of its latest winter, on which the page opens
    gather(reader, area, period)        what it says: figures, changes, conflicts, doubts, pictures
    write(brief, drawings, …)           the page: one HTML file that needs no server

content.py has the record, changes.py what moved since the brief before, showing.py which charts
stand in it; sentences.py puts it into words, page.py makes the file from page.html and page.css and
sees to it that it fills two pages of A4 and no third.
"""

from impact.brief.content import LENGTHS, Brief, gather, latest, opening, period
from impact.brief.page import file_name, write

__all__ = ["LENGTHS", "Brief", "file_name", "gather", "latest", "opening", "period", "write"]
