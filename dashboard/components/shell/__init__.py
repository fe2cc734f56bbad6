"""The frame of every page: navigation, filters, addresses, documents."""
