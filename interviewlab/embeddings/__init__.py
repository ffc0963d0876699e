"""Embedder adapters: ``minilm`` (all-MiniLM-L6-v2 on onnxruntime) and ``scripted`` (words alone, no weights)."""
