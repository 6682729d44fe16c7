"""A store that many machines share: its ledger in PostgreSQL, its files in object storage.

Every machine has a whole store in a folder, its copy: rules, pages and checks work on that, as they
do where a store is a folder alone. What is appended is stored when PostgreSQL has stored it; what
others have appended comes into the copy before anybody looks at it.

    place      where ledger, files and copy lie, as the environment says
    postgres   the ledger's rows: the writer's turn, what is appended, what came since
    blobs      the files: originals, readings, snapshots
    engine     the two together, as impact/store/engine.py asks for it
    migrating  the tables of an earlier version, brought up to today's
    moving     from a folder to where it is shared, and back
    following  the thread that brings each new snapshot here
"""
