"""Ears and a mouth: adapters of SpeechToText and TextToSpeech, and the pure parts they share."""
