from inkline import perf

perf.install()
