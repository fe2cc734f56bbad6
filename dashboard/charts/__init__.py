"""What is drawn: a Chart is decided once here, and every renderer only writes it down."""
