"""HTTP besides pages: the API, plain pages, security headers, request validation."""
