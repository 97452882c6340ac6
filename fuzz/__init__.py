"""Fuzzing of what takes bytes from elsewhere: `python -m fuzz --help`.

`targets` says what is done with bytes and what must hold; atheris finds bytes for which it doesn't
(`run`), and the seeds that it starts from, with those it found something by, are in `seeds/`.
"""
