"""The execution of runs: begin, carry on, follow, lock, watch; and the engine that queues them.

Where a run stands, and what of it was done, is ours and in the record: rows, events, replies, blobs. ``quire write``
carries a run on with nothing else. Where runs are left to a server, DBOS's part is this, and only this:

- its queue holds the attempts that are due (a run's id and a number), by priority, a partition a tenant;
- it says which process takes one and how many at once, and gives a home's next server what the last one left;
- its tables are its own: in ``engine.db`` of a home, in a schema of its own in Postgres.

What DBOS could do and is not asked to: steps, retries, pickles. Ours are the lock of a run
and the token with which it is written to, what a resumed run does again (nothing that is recorded), the takeover from
workers that died (``engine/takeover.py``), and the sweep for runs that are due and in no queue (``engine/sweep.py``).
"""
