"""The domain: ink, documents, edits and the sketch codec. No Qt, no torch."""
