"""Small statistics shared by all stages: proportions, ratios, AUC, and corrections for many
comparisons.
"""
