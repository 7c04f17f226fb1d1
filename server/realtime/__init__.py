"""The WebSocket: OpenAI Realtime event names, and ours beside them."""
