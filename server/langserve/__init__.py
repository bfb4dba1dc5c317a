"""LangServe's routes over the same runs."""
