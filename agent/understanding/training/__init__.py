"""Making the weights in `weights/`: needs scikit-learn; nothing at run time imports it."""
