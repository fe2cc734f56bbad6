"""Each module builds the charts of one kind from points."""
