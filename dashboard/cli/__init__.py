"""The commands of ``python -m dashboard``.

``COMMANDS`` in ``dashboard/__main__.py`` names the module of each.
"""
