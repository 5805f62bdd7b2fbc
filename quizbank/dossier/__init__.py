"""The decision dossier: what it holds, and the script in it that checks it."""
