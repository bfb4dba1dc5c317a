"""Abbreviations whose full stop ends no sentence, in several languages, and words that begin one."""

from typing import Final

_ALWAYS: Final = """
    e.g i.e a.k.a n.b cf vs viz mr mrs ms dr prof hon messrs ca approx
    z.b d.h u.a o.ä i.d.r bzw vgl inkl zzgl ggf evtl sog hr hrn
    p.ex env mme mlle p.ej aprox sra núm pág dott sig ecc bijv o.a d.w.z blz
"""
ALWAYS_FOLLOWED: Final = frozenset(_ALWAYS.split())
"""They never end a sentence: something is named or given as an example after them."""

_NUMBERS: Final = """
    sec secs no nos ord ords res ch chs art arts par para subsec pt fig figs tab app exh vol p pp ln div r.c u.s.c c.f.r
    v rev ex jan feb mar apr jun jul aug sep sept oct nov dec twp bldg dist
    abs nr ziff kap abb anl bd rn rz okt dez janv févr avr juil déc chap cap pag artt gen mag giu lug ago ott dic abr
    ene mrt lid
"""
BEFORE_NUMBERS: Final = frozenset(_NUMBERS.split())
"""Abbreviations only where a number, a letter or another of them follows: ``Art. IV``, but ``the art.``"""

_LAST: Final = """
    ft sq in yd mi ac cu lb lbs oz min max hr hrs etc inc ltd co corp llc st ave rd blvd ct pl hwy dept jr sr est misc
    assn apt ste sf esq gov sen rep gen capt al
    mio mrd tsd mill mln mld str std usw lfd jh hd
"""
PERHAPS_LAST: Final = frozenset(_LAST.split())
"""Abbreviations that end a sentence if a word follows that begins sentences, as single letters and ``U.S.`` do."""

_BEGIN: Final = """
    A All Also An And Any As At Because Before But By Each Every For From He However If In It Its No Not On One Other
    Otherwise Our She Since Some Such That The Their Then There These They This Those To Under Unless Until Upon We When
    Where Whether While With You
    Der Die Das Ein Eine Es Er Sie Wir Im Am Bei Für Mit Nach Dies Diese Dieser Dieses Auch Wenn Zum Zur Vom Den Dem
    Le La Les Il Elle Un Une Ce Cette En Dans Pour El Los Las Una Se Para Lo Gli Per Nel De Het Een Op Voor Os As Um Uma
"""
BEGINNERS: Final = frozenset(_BEGIN.split())
"""Words that begin sentences and, with a capital, nothing else."""
