"""What is kept: all SQL of the program, the same for SQLite and PostgreSQL."""
