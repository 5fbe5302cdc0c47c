"""The network: sketch-pix2seq (Chen, Tu, Yi, Xu 2017, arXiv:1709.04121). No Qt."""
