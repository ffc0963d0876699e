"""Many candidates at once: text interviews in one process, page sessions before one server, and what a page costs."""

from interviewlab.bench.load.whole import bench_load

__all__ = ["bench_load"]
