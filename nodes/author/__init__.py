"""Writing with a model: laying out, drafting, reading, and prose without one."""
