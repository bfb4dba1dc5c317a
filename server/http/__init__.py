"""The HTTP interface: routes, the web page, who may call, what comes in, what is refused."""
