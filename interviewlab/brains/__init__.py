"""Who decides what to say: the embedded bank brain, and a scripted one for tests."""
