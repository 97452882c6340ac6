from onrecord import errors


def test_the_docstring_shows_the_whole_tree() -> None:
    kinds = {name for name, value in vars(errors).items() if isinstance(value, type)}
    shown = set((errors.__doc__ or "").replace("├──", " ").replace("└──", " ").split())
    assert kinds <= shown


def test_everything_is_an_onrecord_error() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type)]
    assert kinds
    assert all(issubclass(kind, errors.OnrecordError) for kind in kinds)
