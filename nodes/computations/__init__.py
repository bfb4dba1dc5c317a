"""Sections that code can work out: tables, comparisons, findings, each traced to its sources.

A blueprint names a computation as ``family.name`` (``compute: zoning.designation``); it is the function
``compute(materials) -> SectionContent`` of the module ``quire.nodes.computations.<family>.<name>``. Adding one is
adding one file.
"""
