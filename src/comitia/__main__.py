"""``python -m comitia`` is the command line."""

from comitia.cli import main

if __name__ == "__main__":
    main.run()
