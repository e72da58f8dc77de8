"""How we show it: the one-screen answer, figures, lists, evidence."""
