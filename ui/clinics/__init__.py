"""What a clinic needs: its staff, rosters, receipts, keys."""
