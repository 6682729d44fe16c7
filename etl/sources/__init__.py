"""One file a source; the folder is the registry. See etl/source.py for what a file holds."""
