"""The board of submissions: which form has come from which area for which period."""
