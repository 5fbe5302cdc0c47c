"""What the pen does: one module for each tool. Tools know pen samples, never Qt events."""
