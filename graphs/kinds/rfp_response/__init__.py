"""Answers to requests for proposals: requirements, what answers them, whether it complies, what to ask the issuer."""
