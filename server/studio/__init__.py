"""What LangGraph's own server and Studio need of us: application, keys, picture."""
