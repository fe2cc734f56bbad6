"""The command line's subcommands, one subject a module."""
