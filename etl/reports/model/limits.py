"""How large a file may be that somebody brings. Each limit is declared here alone.

Streamlit reads its own limit for an upload from maxUploadSize in .streamlit/config.toml. A test
makes sure that it is MEGABYTES.
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
