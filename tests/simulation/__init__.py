"""The simulator: runs in virtual time, by seed.

What is real: the document's dispatcher, the section runs with their dependency waits and approvals, the blackboard,
planning, editing, arbitration, compliance, publishing, changes from outside, and LangGraph under all of it. What is
not: time, the disk, the model, and tools of other programs (``tools``). The clock jumps to whatever is due next
(``clock``), writes take their time and outlive whoever ordered them (``disk``), and writer and reviewer are stand-ins
that keep the contract of the real ones (``ensemble``).

A seed draws (``scenario``) a plan (wide, deep, diamond, single, random; some sections start on drafts), who objects and
who fails or never comes back, what people are asked and answer, and what reaches the run from outside: facts and
sections changed, claims edited by persons, sections added and cancelled, the run cancelled, once or twice, and after
its end (``world``). Of some, a version is written afterwards, with other facts, another source, and edits
(``versions``). It is played (``play``) once undisturbed, then killed up to three times at any turn of the event loop
and resumed, with other latencies, slower writes, perhaps behind LangGraph's checkpoints and with one, two or four
section runs at a time (``seeds``).

What must hold of every play (``properties``): it reaches one end, and nobody waits for ever; every event is there
once, behind its cause; every epoch closes once; a section opens on what it waits for, of the epoch it needs, and
nothing comes before it; nothing acts on what is not written yet; who builds on what failed fails or says so; a pause
holds only what depends on a person; no answer and no change is lost; no recorded reply is asked for again, of a model
or of a tool; drafts are bounded; each section of the document says its own text, as it was last told, from its
neighbours as they are published; persons' words stand once and marked, what they took out is not said again
(``edits``), and words whose evidence changed are shown beside both; of a version, what nothing reaches stands as it
was.
Undisturbed and killed plays end in the same document where nothing came from outside, and one seed gives one journal.

One seed with its journals, and many with what they held (``happenings``)::

    PYTHONPATH=.:tests python -m simulation 17
    PYTHONPATH=.:tests python -m simulation --seeds 20000 --processes 2
"""
