"""Who comes in: every request is given its owner, or turned away, before Gradio sees it. No Gradio here."""
