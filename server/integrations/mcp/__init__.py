"""Other assistants, through the Model Context Protocol: what Refrain can do, as their tools."""
