from concurrent.futures import ThreadPoolExecutor

from quire.nodes.search.stemming import stem, terms


def test_words_of_one_stem_are_one() -> None:
    assert {"park"} == {stem(word) for word in ("parking", "parks", "parked")}


def test_threads_may_stem_at_once() -> None:
    words = [f"{start}{end}" for start in "abcdefghijklmnop" * 40 for end in ("ing", "ation", "edly", "nesses")]
    words = [f"{word}{n}ies" for n, word in enumerate(words)]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(stem, words))

    stem.cache_clear()
    assert together == [stem(word) for word in words]


def test_each_language_has_stems_of_its_own() -> None:
    assert stem("häuser", "de") == stem("hauses", "de") == "haus"
    assert stem("maisons", "fr") == stem("maison", "fr")
    assert stem("talot", "xx") == "talot"


def test_a_script_without_spaces_is_read_by_pairs_of_signs() -> None:
    assert list(terms("契約は2026年 Roof")) == ["契約", "約は", "2026", "年", "roof"]
