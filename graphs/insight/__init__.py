"""What a finished or running journal tells: timeline, critical path, causes, explanations. Pure."""
