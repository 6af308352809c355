"""The smallest portal with a sign-in, on Flask. See README.md."""
