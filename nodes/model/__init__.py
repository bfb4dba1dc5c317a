"""The one place that calls models: attempts are bounded, judged, recorded before use, and paid for within budgets."""
