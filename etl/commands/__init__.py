"""The commands of `python -m etl`. Each module is one command and is imported only if it is used.

A module holds
    HELP           one line that says what the command does
    add_arguments  adds the arguments of the command to an argparse parser
    run            runs the command: (store folder or None, options) -> exit code, 0 for success
None stands for the store folder that the environment names (impact.store.ledger.store_folder).
"""
