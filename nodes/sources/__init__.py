"""Reading the user's files into passages, each with an address where its words can be found again."""
