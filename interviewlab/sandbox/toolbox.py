"""The interpreters a Landlock wall may show: a private folder with them and their standard libraries, nothing beside.

The folder is made of hard links where the file system allows it, of copies elsewhere. It exists because a
candidate's program must see neither the packages installed beside an interpreter (this one's question bank could
be among them) nor, when the server runs as root, anything below root's home.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from interviewlab.types import Language

LEFT_OUT = shutil.ignore_patterns(
    *("site-packages", "dist-packages", "test", "tests", "idlelib", "ensurepip", "lib2to3", "turtledemo", "tkinter"),
    "config-*",
)


@dataclass(frozen=True)
class Toolbox:
    """Where the interpreters are, and what else they must read to start."""

    root: Path
    programs: dict[str, str]
    """The first word of a command and the file it means."""
    readable: tuple[str, ...]


REMEDIES: dict[Language, str] = {
    "python": "Install Python 3.11 or newer.",
    "javascript": "Install Node.js 18 or newer (Debian, Ubuntu: apt-get install nodejs).",
    "typescript": "Install TypeScript (Debian, Ubuntu: apt-get install node-typescript), or use the Docker sandbox.",
    "java": "Install a JDK of version 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless).",
    "cpp": "Install g++ 12 or newer (Debian, Ubuntu: apt-get install g++).",
    "go": "Install Go 1.19 or newer (Debian, Ubuntu: apt-get install golang-go).",
}


def build_toolbox(root: Path) -> Toolbox:
    """Fill ``root`` with this process's interpreter and, where it is on the PATH, Node."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (root / "bin").mkdir(parents=True)
    programs = {"python3": str(root / "bin" / "python3")}
    link_or_copy(os.path.realpath(getattr(sys, "_base_executable", sys.executable)), programs["python3"])
    library = root / "lib" / version
    shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=LEFT_OUT, copy_function=link_or_copy)
    extensions = Path(sysconfig.get_path("platstdlib")) / "lib-dynload"
    if extensions.is_dir() and not (library / "lib-dynload").exists():
        shutil.copytree(extensions, library / "lib-dynload", copy_function=link_or_copy)
    node = shutil.which("node")
    if node is not None:
        programs["node"] = str(root / "bin" / "node")
        link_or_copy(os.path.realpath(node), programs["node"])
    # Whatever the umask: as root, programs run as somebody else.
    for folder in (root, root / "bin", root / "lib"):
        folder.chmod(0o755)
    return Toolbox(root, programs, (str(root), *_system_libraries()))


def link_or_copy(source: str, target: str) -> str:
    """A second name for the file, or a copy where there can be none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _system_libraries() -> tuple[str, ...]:
    """What the dynamic loader reads. Public files of the operating system; no programs, no packages."""
    triplet = sysconfig.get_config_var("MULTIARCH") or ""
    own = Path(sysconfig.get_config_var("LIBDIR") or "/") / (sysconfig.get_config_var("INSTSONAME") or "none")
    wanted = [f"/lib/{triplet}", f"/usr/lib/{triplet}"] if triplet else []
    wanted += ["/lib64", "/usr/lib64", "/etc/ld.so.cache", str(own) if own.suffix != ".a" else ""]
    return tuple(path for path in wanted if path and os.path.exists(path))
