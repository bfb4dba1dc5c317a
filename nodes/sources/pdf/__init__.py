"""Reads PDF by where its characters stand: words, rows, columns, tables, paragraphs, headings."""
