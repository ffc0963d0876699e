"""Where strangers' code runs: isolated, bounded, and compared with the expected answers outside its process.

``choice.open_sandbox`` opens the strongest backend that holds against its own attacks here.
"""
