"""One page for each station, and three beside the rail; pages do not know each other."""
