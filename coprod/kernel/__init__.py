"""The kernel: small things every room needs, and nothing else."""
