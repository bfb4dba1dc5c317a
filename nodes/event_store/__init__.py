"""What is kept of a run: its journal of events, its ledger of model replies, and the blobs they name."""
