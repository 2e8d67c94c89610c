"""`python -m cnn_explorer` is the same as `cnn-explorer`."""

import sys

from cnn_explorer.command_line import main

# A child process started with spawn imports this module again: it must not open a second window.
if __name__ == "__main__":
    sys.exit(main())
