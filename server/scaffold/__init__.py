"""New packages that add to Quire: a kind of document or an agent, each with a test that passes as it is."""
