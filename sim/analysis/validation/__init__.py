"""How faithful the model is to the articles: facts, signs, bounds, beside null models and ablations."""
