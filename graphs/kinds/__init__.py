"""The kinds of document that ship, a folder each with all of its own: its blueprint, its computations, its checks.

They are found as those of installed packages are, through entry points, and import what ``quire`` offers to every
package, and beyond it only what ``pyproject.toml`` lists under ``[tool.importlinter]``.
"""
