"""One run while it is made: its blackboard, what its sections wait for, commands, approvals, model calls."""
