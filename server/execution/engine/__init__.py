"""The engine carries on the runs that are left to it, on DBOS: rows of runs say what is due, DBOS who does it."""
