"""What each source is: its kind, its date, whether it still holds, the period it covers, what it contains."""
