"""Everything that comes from outside as a file: opened, judged, and turned into arrays or into one plain sentence."""
