"""What stores must survive: kills, lost replies, races, full disks, and a feed under load."""
