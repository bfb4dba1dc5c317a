"""Whether words are carried by the evidence they name."""
