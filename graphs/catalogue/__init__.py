"""What is written from the code itself: the event map and the map of rooms in a page, and Studio's list of graphs.

``python -m quire.graphs.catalogue`` prints the event map; with ``--write README.md langgraph.json`` it puts both maps
between the marks of the page, or of the page that its mark names (``<!-- event map: docs/event-map.md -->``), and the
agents into the list of graphs; ``--check`` fails where one is stale.
"""
