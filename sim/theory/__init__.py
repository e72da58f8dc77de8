"""How the world moves: numbers only. Sees numpy and numba and opens no file (but the compile cache's folder)."""
