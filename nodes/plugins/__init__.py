"""What extends Quire: entry points of installed packages that name agents, kinds, computations, checks, readers."""
