"""Services in the network that know about music, opened as configured."""
