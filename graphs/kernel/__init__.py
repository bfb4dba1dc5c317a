"""The agent contract, subscriptions, the dispatcher, and how events are emitted: who is woken by what."""
