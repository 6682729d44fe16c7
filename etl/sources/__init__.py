"""Sources of figures: each module of this folder is one. etl/source.py says what a module holds."""
