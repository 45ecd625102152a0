"""The store: tables, one file a noun of them, transactions, migrations. Only SQLAlchemy Core."""
