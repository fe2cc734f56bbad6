"""Who may do what: people and their roles, rights, sign-in, accounts and the audit log."""
