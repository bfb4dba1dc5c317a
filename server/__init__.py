"""How the outside gets in and out: command line, HTTP, LangServe, and the execution of runs behind them."""

if __name__ != "quire.server":
    raise ImportError("this folder is the package quire.server: import it by that name")
