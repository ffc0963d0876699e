"""What ``interviewlab bench …`` measures. Every bench gives plain numbers; nothing here is a test."""
