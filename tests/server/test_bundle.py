"""POST /sync/bundle: what a tablet pushes is held, receipted, and held once."""

from tests.tablet import Tablet


def test_it_works(tablet: Tablet) -> None:
    tablet.seal()
    answer = tablet.push()
    assert [one.state for one in answer.entries] == ["held"]
    assert tablet.safe_to == 1
