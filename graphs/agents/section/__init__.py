"""A section run: waits for what the section depends on, then dispatches among its agents until the section closes."""
