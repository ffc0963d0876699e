"""What ``interviewlab bench voice`` measures: a real Chromium against the real app, and the voice engine in process."""
