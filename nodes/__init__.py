"""How one step works: reading, retrieving, drafting, checking, rendering, calling a model, keeping a record.

Nothing here knows an agent or an event, and nothing here wires a graph.
"""

if __name__ != "quire.nodes":
    raise ImportError("this folder is the package quire.nodes: import it by that name")
