"""What the environment says: settings, prices, budgets, keys."""
