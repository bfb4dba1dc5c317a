"""The web page at ``/``: static files of ours, which speak to the same HTTP routes as everybody else."""
