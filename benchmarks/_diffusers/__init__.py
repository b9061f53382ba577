"""The parts of diffusers_gpu.py: architectures with random weights, their denoise loop, a whole server."""
