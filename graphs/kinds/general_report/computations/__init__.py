"""What code can say of any sources: what they are, and the figures they state."""
