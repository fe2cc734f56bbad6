"""Reads native charts back: a line may be several series, one a stroke, each under its name."""


def merged(named_columns):
    """The values of each name: of what several columns give, the first that is there."""
    columns = {}
    for name, values in named_columns:
        values = list(values)
        known = columns.setdefault(name, [None] * len(values))
        columns[name] = [
            old if old is not None else new for old, new in zip(known, values, strict=True)
        ]
    return columns
