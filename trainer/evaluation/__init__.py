"""What a model is worth, by the field's own measures, and pictures to look at."""
