"""Every way the server refuses, with a stable code.

Rules: a code never changes its meaning; what protocol and forms refuse keeps their own codes (`sync/problems.py`,
`forms/problems.py`); words for people stand in static/messages under `problem.<code>.{what,means,do}`.
Nothing here is ever the text of an exception: that could carry what somebody typed.
"""

from typing import Final

CODES: Final[dict[str, int]] = {
    # what a request can get wrong
    "bad_request": 400,  # the request cannot be read
    "bad_query": 400,  # a value in the address is missing or cannot be read
    "body_too_large": 413,  # the body is larger than this address takes
    "not_found": 404,  # there is nothing at this address
    "wrong_method": 405,  # this address does not take this method
    "no_session": 401,  # this needs a session
    "not_allowed": 403,  # this session may not do this
    "reason_missing": 422,  # a form that two have to answer for, and nobody said why
    "no_such_version": 404,  # no form version is called so, or several are
    "no_answer": 503,  # the server that has the store open does not answer
    "slot_kept": 409,  # this person has a slot for that work key already
    "too_many_tries": 429,  # too many tries
    "unknown_challenge": 401,  # the challenge is used, too old or not this store's
    # what the store can run into
    "store_full": 507,  # the disk is full
    "store_busy": 503,  # the store does not keep up
    "internal": 500,  # something is wrong in the server
    # what keeps a server from starting
    "setting_wrong": 500,  # a setting cannot be used
    "folder_unusable": 500,  # the data folder cannot be used
    "not_founded": 500,  # there is no programme in this folder
    "database_corrupt": 500,  # the database file is damaged
    "database_newer": 500,  # the database was written by a newer Esik
    "database_unsupported": 500,  # this kind of database is not supported
    "database_in_use": 500,  # another process has this database open for writing
    "already_founded": 500,  # there is a programme in this folder already
    "answer_missing": 500,  # init was not told something it needs
    "file_unreadable": 500,  # a file named on the command line cannot be read
    "file_unwritable": 500,  # a file named on the command line cannot be written
    "file_there": 500,  # a file of that name is there already
    "count_out_of_range": 500,  # more or fewer cards than one run makes
    "answers_unreadable": 500,  # the answers named on the command line are not those of the form
    "key_unreadable": 500,  # the key file is not one
    "assets_missing": 503,  # the built pages are not there
}
"""code -> HTTP status; those that keep a server from starting are printed by the command line."""


class Problem(Exception):  # noqa: N818 - the vocabulary's noun
    """A refusal by the server: `code` of the catalogue, and plain values for its words."""

    def __init__(self, code: str, **detail: object) -> None:
        if code not in CODES:
            raise LookupError(code)
        super().__init__(code)
        self.code = code
        self.detail: dict[str, object] = dict(detail)

    def __str__(self) -> str:
        values = ", ".join(f"{name}: {value}" for name, value in self.detail.items())
        return f"{self.code} ({values})" if values else self.code

    @property
    def status(self) -> int:
        """The HTTP status."""
        return CODES[self.code]
