"""The commands of ``python -m dashboard``; a module is named as its command."""
