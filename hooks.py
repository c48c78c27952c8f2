"""MkDocs' hook: see `generator/site/hook.py`, which an installed package may hold but MkDocs can't name."""

from generator.site.hook import on_build_error, on_config, on_post_build, on_pre_build, on_serve, on_startup

__all__ = ["on_build_error", "on_config", "on_post_build", "on_pre_build", "on_serve", "on_startup"]
