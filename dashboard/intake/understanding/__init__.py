"""What a bureau's own table means: the words around each figure fill the slots of its meaning."""
