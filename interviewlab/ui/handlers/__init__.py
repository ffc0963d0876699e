"""What happens on an event: strings and types in, views out. No Gradio here, so each runs without a page."""
