"""The `esik` command line."""


def main() -> None:
    """Entry point of `esik`."""
    import uvicorn

    from server.app import create_app

    uvicorn.run(create_app(), host="127.0.0.1", port=8420)
