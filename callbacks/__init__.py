"""The callbacks. Each reads its arguments, calls a service and returns components; no more."""
