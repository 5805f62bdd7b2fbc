"""Writing an exam, and seeing to it while it is sat."""
