"""A portal on FastAPI: pages for people with a sign-in, and JSON for programs. See README.md."""
