"""Links, snapshots, guests."""
