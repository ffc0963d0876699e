"""Types to what the page shows. Pure: no Gradio, no store, no clock."""
