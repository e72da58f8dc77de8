"""How fast, how large, how soon: `make benchmark` measures it, in one run on one machine, and compares with other ways."""
