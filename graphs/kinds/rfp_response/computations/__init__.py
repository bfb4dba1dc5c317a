"""What an answer to a request works out: its requirements, the nearest answers, compliance, questions."""
