"""The commands of `python -m etl`: one module each, imported only when it is asked for.

A module holds
    HELP           one line
    add_arguments  what the command takes, added to an argparse parser
    run            does it: (store folder, options) -> exit code
"""
