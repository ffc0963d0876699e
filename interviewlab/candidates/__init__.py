"""Simulated candidates: answers of three levels, written without sight of the key points they are graded by."""
