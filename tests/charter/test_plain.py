from comitia.charter import parse, plain
from comitia.charter.plain import Sentence


def test_every_topic_is_said_in_sentences_with_articles_that_are_written(shipped: str) -> None:
    charter = parse.parse(shipped, file="shipped")
    topics = plain.topics(charter)

    assert [topic.title for topic in topics] == [
        "Who sits where",
        "How someone is recalled",
        "How a plan is adopted",
        "How delegates are instructed",
        "How this charter is changed",
        "How bodies are merged",
        "How other matters are decided",
        "Whose numbers these are",
        "Who may do what",
        "What nobody may decide",
        "Beginning, correcting, leaving, beginning again",
    ]
    assert {s.article for t in topics for s in t.sentences} <= set(charter.articles)
    assert len(topics[0].sentences) == len(charter.kinds)


def test_a_matter_is_said_with_its_bodies_majority_quorum_and_exit(shipped: str) -> None:
    topics = {topic.title: topic for topic in plain.topics(parse.parse(shipped, file="shipped"))}

    assert topics["How a plan is adopted"].sentences[2] == Sentence(
        "Adopting a plan that cuts essential needs: moved by the committees' house, the unions' house, the councils' "
        "conference, the board; carried by the committees' house, the unions' house and the councils' conference, each "
        "with more than 1/2 of the votes for and against, when at least 1/2 of the seats filled take part; 7 days "
        "notice, 5 days voting; if not all carry it, the conciliation congress may decide alone with more than 2/3 of "
        "its filled seats.",
        "28",
    )
    assert topics["How someone is recalled"].sentences == (
        Sentence(
            "Whoever sits in: committee, union, council, district board, committees' house, unions' house, councils' "
            "conference, board, secretary, bench of tellers. At least 1/10 of those who filled the seat sign within 30 "
            "days; they then vote in secret for 7 days. More than 1/2 of the votes for and against removes the holder, "
            "when at least 1/3 of the electors take part; at an equal vote the holder stays.",
            "19",
        ),
    )
