"""The full-text index: what is found, what comes first, and what a snippet shows."""

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from courses.search import Index, Kind, Passage, snippet


def passage(title: str, words: str = "", heading: str = "", by_heart: str = "") -> Passage:
    return Passage(Kind.LESSON, title, heading, words, "part-x", by_heart=by_heart)


NUMBING = passage("Numbing products", "A ceiling of 4.5 mg per kilogram. Ringing ears: stop.")
WAITING = passage("Waiting times", "Isotretinoin: six months. Wait, then ask.", "Who waits?")
SCARS = passage("Scars", "Tram-track scars follow pressure over bone. Naïve hands press.")
ROW = passage("R9 Isotretinoin now", "Wait six months.", by_heart="Accutane")
INDEX = Index([NUMBING, WAITING, SCARS, ROW])


def titles(query: str) -> list[str]:
    return [hit.passage.title for hit in INDEX.search(query).hits]


def test_the_beginning_of_a_word_finds_it_and_accents_make_no_difference():
    assert titles("ISOTRET") == ["R9 Isotretinoin now", "Waiting times"]
    assert titles("naive") == titles("NAÏVE") == ["Scars"]
    assert titles("solation") == []


def test_every_word_must_be_held_and_otherwise_what_holds_most_comes_first():
    found = INDEX.search("isotretinoin wait accutane")
    assert found.whole
    assert [hit.passage for hit in found.hits] == [ROW]
    some = INDEX.search("tram pressure isotretinoin")
    assert not some.whole
    assert some.hits[0].passage is SCARS


def test_a_title_counts_for_more_than_a_text():
    assert titles("scars") == ["Scars"]
    assert titles("waiting")[0] == "Waiting times"


def test_a_decimal_is_one_word():
    assert titles("4.5") == ["Numbing products"]


def test_a_snippet_shows_the_words_around_a_find_and_marks_it():
    (hit,) = INDEX.search("tram bone").hits
    assert hit.snippet[1::2] == ("Tram", "bone")
    assert "".join(hit.snippet) == SCARS.words
    long = " ".join(["word"] * 100 + ["papule"] + ["word"] * 100)
    pieces = snippet(long, ["papule"])
    assert pieces[1::2] == ("papule",)
    assert pieces[0].startswith("… ")
    assert pieces[-1].endswith(" …")
    assert len("".join(pieces).split()) < 40


def test_nothing_is_found_for_nothing():
    assert INDEX.search("").total == 0
    assert INDEX.search("?!").total == 0
    assert Index([]).search("scar").hits == ()


@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=4))
def test_any_query_over_any_text_answers_and_a_whole_find_holds_every_word(query, texts):
    passages = [passage("", one) for one in texts]
    found = Index(passages).search(query)
    for hit in found.hits:
        assert "".join(hit.snippet).strip("… ") in hit.passage.words
    assert found.total <= len(texts)


def test_a_thousand_passages_answer_within_a_moment():
    index = Index([passage(f"Lesson {n}", f"papule {n} " * 60) for n in range(1_000)])
    started = perf_counter()
    index.search("pap less")
    assert perf_counter() - started < 0.5
