"""Language models behind the ChatModel port: any OpenAI-compatible endpoint, an embedded model, a scripted one."""
