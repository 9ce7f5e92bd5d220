"""What lies outside the project is looked at only where it is there; nothing is skipped for it."""

from tests.forms.corpus import FOLDER

collect_ignore = [] if (FOLDER / "INDEX.tsv").is_file() else ["test_corpus.py"]
