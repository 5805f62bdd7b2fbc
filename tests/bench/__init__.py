"""How the academy compares with doing nothing but the framework: ratios, never absolute times."""
