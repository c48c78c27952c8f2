"""MkDocs' hook: see `generator/site/hook.py`, which an installed package may hold but MkDocs can't name."""

from generator.interruption import hold_back

# What follows takes a while to load, and MkDocs does not clean up before it calls `on_config`.
hold_back()

from generator.site.hook import (  # noqa: E402 -- see above
    on_build_error,
    on_config,
    on_post_build,
    on_pre_build,
    on_serve,
    on_shutdown,
    on_startup,
)

__all__ = ["on_build_error", "on_config", "on_post_build", "on_pre_build", "on_serve", "on_shutdown", "on_startup"]
