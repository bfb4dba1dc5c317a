"""The agent contract, the registry, subscriptions, and an event before it is posted: who is woken by what. Pure."""
