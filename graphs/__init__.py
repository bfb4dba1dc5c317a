"""Who reacts to what: events, the agent contract, the dispatchers, the agents and the document graph.

``server -> graphs -> nodes`` is the only direction of imports. Agents know each other's events, never each
other. No web framework here.
"""

if __name__ != "quire.graphs":
    raise ImportError("this folder is the package quire.graphs: import it by that name")
