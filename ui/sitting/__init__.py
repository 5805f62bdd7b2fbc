"""An exam while it is sat: its start, its screen, its clocks, its breaks."""
