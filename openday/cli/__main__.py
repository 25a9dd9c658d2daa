"""``python -m openday.cli``: how ``serve`` starts its mail worker with the same interpreter."""

from openday.cli import main

main()
