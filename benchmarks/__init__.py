"""The measured claims, each against a peer in the same run: `python -m benchmarks`."""
