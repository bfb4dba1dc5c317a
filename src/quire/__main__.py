"""``python -m quire`` is ``quire``."""

from quire.server.cli import main

if __name__ == "__main__":
    main()
