"""Parts of the window round the canvas."""
