"""The kinds of document that ship, a folder each, with its blueprint. Installed packages add others."""
