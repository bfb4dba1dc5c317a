"""The languages of documents: every fixed sentence in each of them, and which language and direction a text has."""
