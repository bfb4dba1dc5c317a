"""Rules that code can check. A blueprint names one as ``module.function``, of this package or of an entry point."""
