"""What MkDocs runs in place of its own server."""

from __future__ import annotations

import logging
import os
import webbrowser
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from generator.previewing.preview import Preview
from generator.previewing.web import Web

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from generator.previewing.past import Memory

log = logging.getLogger("mkdocs.plugins.atlas")


class PreviewServer:
    """The methods of MkDocs' server that MkDocs calls."""

    def __init__(self, config: MkDocsConfig, memory: Memory, server: LiveReloadServer) -> None:
        host, port = server.server_address[:2]
        server.server_close()
        self.url = server.url
        self._config, self._memory = config, memory
        self._web = Web((str(host), port), server.mount_path, Path(server.root))
        project = Path(config.config_file_path).parent
        files = (project / name for name in config.hooks)
        self._places = [Path(config.docs_dir), Path(config.config_file_path), *files]

    def watch(self, path: str) -> None:
        """Follow a folder or a file as well."""
        self._places.append(Path(path).absolute())

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve the site, and follow what it is made of, without end."""
        # Workers write the dataset, one after each change: what takes them long to load is loaded once, here.
        import generator.dataset.parquet  # noqa: F401, PLC0415 -- only who serves needs it for long

        with self._web as web:
            web.server_bind()
            web.server_activate()
            # A worker that outlives this process would hold the port.
            os.register_at_fork(after_in_child=web.socket.close)
            Thread(target=web.serve_forever, daemon=True).start()
            log.info("Serving on %s", self.url)
            if open_in_browser:
                webbrowser.open(self.url)
            preview = Preview(self._config, self._memory, web, self._places)
            try:
                preview.run()
            finally:
                preview.end()
                web.shutdown()

    def shutdown(self) -> None:
        """Nothing: what was served has ended."""
