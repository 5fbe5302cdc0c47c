"""The bridge to the network: requests as data, a worker in a QThread. Qt Core only."""
