"""The only place that joins the others: HTTP, WebSocket, command line."""
