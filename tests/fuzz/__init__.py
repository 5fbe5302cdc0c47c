"""Coverage-guided fuzzing of every reader, and what it found."""
