"""Rendering: the document's JSON becomes Markdown, HTML, DOCX, PDF and JSON, with the same numbers in each."""
