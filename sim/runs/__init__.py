"""How we run it: the ensemble, the Mesa model, and the results folder."""
