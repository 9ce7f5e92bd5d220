"""The server's addresses, one module a noun. Each handler says how large a body it takes."""
