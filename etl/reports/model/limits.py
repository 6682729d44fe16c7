"""Limits: how large what is brought may be, each declared here alone.

The server's own limit for an upload (maxUploadSize in .streamlit/config.toml) says MEGABYTES once
more, as Streamlit reads it from there; a test holds the two to one number.
"""

MEGABYTES = 25  # of 1,048,576 bytes, as Streamlit counts
MAX_BYTES = MEGABYTES * 1024 * 1024  # of a file as uploaded, and of a member of an archive
MAX_CHARACTERS = 20_000_000  # of one document's text
MAX_CELLS = 1_000_000  # of one document's tables
MAX_COLUMNS = 2_000
MAX_PAGES = 1_000  # of a PDF
MAX_REPORTS = 200  # members of an archive that are opened
READ = 400_000  # characters of running text that are read; a situation report has some thousands

# What is allowed, by the name that a refusal of "too_big" gives as its detail.
ALLOWED = {
    "bytes": MEGABYTES,
    "characters": MAX_CHARACTERS,
    "cells": MAX_CELLS,
    "columns": MAX_COLUMNS,
    "pages": MAX_PAGES,
    "members": MAX_REPORTS,
}
