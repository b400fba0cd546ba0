"""Every number, date, range and list that people read is written here and nowhere else."""
