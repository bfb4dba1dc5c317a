"""One agent, one folder. To add an agent, add a folder beside these; nothing else changes.

``agent.py`` declares it (``AGENT = Agent(…)``), ``events.py`` holds the events it emits, ``graph.py`` its
subgraph, ``prompts/`` its prompts. ``__init__.py`` holds one sentence and no import, so that events stay leaves.
"""
