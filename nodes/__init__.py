"""How one step works: reading, retrieving, drafting, checking, rendering, calling a model, keeping a record.

Nothing here knows an agent or an event, and nothing here wires a graph.
"""
