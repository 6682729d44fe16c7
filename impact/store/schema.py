"""The ledger's tables as they are today. A change here is a step in migrations.py too."""

from impact.model.figure import sql_columns

# What a ledger of today says of its schema; impact/store/migrations.py leads up to it.
CURRENT = 6

# What a machine's copy of a shared ledger has besides: up to which change it has come.
COPIED = "copied"

TABLES = f"""
CREATE TABLE IF NOT EXISTS store (
    store_id VARCHAR NOT NULL, schema_number BIGINT NOT NULL, since TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    document_id VARCHAR NOT NULL, number BIGINT NOT NULL, source VARCHAR NOT NULL,
    name VARCHAR NOT NULL, files VARCHAR NOT NULL, title VARCHAR, publisher VARCHAR, url VARCHAR,
    licence VARCHAR, size BIGINT, rows_in BIGINT, rows_kept BIGINT, rows_refused BIGINT,
    received_at TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS figures (
    figure_id VARCHAR NOT NULL, {sql_columns()},
    known_from TIMESTAMP NOT NULL, recorded_at TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS statements (
    document_id VARCHAR NOT NULL, figure_id VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS refusals (
    document_id VARCHAR NOT NULL, position VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    content VARCHAR);
CREATE TABLE IF NOT EXISTS decisions (
    decision_id VARCHAR NOT NULL, number BIGINT NOT NULL, subject VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, who VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR,
    decided_at TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS uploads (
    upload_id VARCHAR NOT NULL, number BIGINT NOT NULL, name VARCHAR NOT NULL, size BIGINT NOT NULL,
    who VARCHAR NOT NULL, published VARCHAR NOT NULL, publisher VARCHAR NOT NULL,
    url VARCHAR NOT NULL, received_at TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS readings (
    upload_id VARCHAR NOT NULL, number BIGINT NOT NULL, part VARCHAR NOT NULL,
    refused VARCHAR NOT NULL, notes VARCHAR NOT NULL, language VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL, read_at TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS said (
    upload_id VARCHAR NOT NULL, number BIGINT NOT NULL, part VARCHAR NOT NULL,
    published VARCHAR NOT NULL, publisher VARCHAR NOT NULL, url VARCHAR NOT NULL,
    who VARCHAR NOT NULL, said_at TIMESTAMP NOT NULL);
"""
