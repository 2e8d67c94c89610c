"""The tests; a package, so that `python -m tests.benchmarks` and `python -m tests.gallery` find their parts."""
