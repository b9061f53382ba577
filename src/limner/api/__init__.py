"""HTTP: the wire on one side, the service on the other. Modules here translate and nothing else."""
