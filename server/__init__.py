"""How the outside gets in and out: command line, HTTP, LangServe, and the execution of runs behind them."""
