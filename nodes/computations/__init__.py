"""What a computation is made of: its materials, blocks, evidence; and finding one by the name that blueprints use.

A blueprint names a computation as ``family.name`` (``compute: zoning.designation``); it is the function
``compute(materials) -> SectionContent`` in the module ``name`` of the package that the entry point of the family names.
Adding one is adding one file to the folder of its kind.
"""
