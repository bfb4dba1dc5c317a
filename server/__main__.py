"""``python -m server`` is ``quire``."""

from server.cli import main

if __name__ == "__main__":
    main()
