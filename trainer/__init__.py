"""Trains sketch-pix2seq on Quick, Draw! sketches."""
