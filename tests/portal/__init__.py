"""The portal in examples/portal: its pages, roles, security and JSON."""
