"""A store that many machines share: its ledger in PostgreSQL, its files in object storage.

Every machine has a whole store in a folder, its copy: pages and checks work on that, as they do
where a store is a folder alone. What is recorded is asked and stored in PostgreSQL alone, by the
same rules; what was stored comes into the copy before anybody looks at it.

    place      where ledger, files and copy lie, as the environment says
    postgres   the ledger's rows: the writer's turn, what is appended, what came since
    writing    what is recorded, asked and appended there alone
    lookups    the indices and functions that this takes
    texts      rows and texts as PostgreSQL takes and gives them
    taking     what came since, on its way into the copy
    blobs      the files: originals, readings, snapshots
    engine     the two together, as impact/store/engine.py asks for it
    migrating  the tables of an earlier version, brought up to today's
    moving     from a folder to where it is shared, and back
    following  the thread that brings each new snapshot here
"""
