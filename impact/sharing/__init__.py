"""What all who share a store go by: where it lies, and how its database is reached.

place       where ledger, files and copy lie, as the environment says
connecting  a connection to the database, and the locks that machines take there
"""
