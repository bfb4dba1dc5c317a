"""The execution of runs: begin, carry on, follow, lock, watch; and the engine that queues them."""
