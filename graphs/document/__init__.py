"""The document graph: its state, how it suspends for people, rejoins its sections and reopens them."""
