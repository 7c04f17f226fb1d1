"""How soon a spoken request is answered: beside a peer, and over the WebSocket."""
