"""Files: sketches, documents and exports in and out."""
