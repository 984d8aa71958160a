#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is handed out agrees with itself: version, release notes, screenshots, manifest.
Usage: check-release.py SOURCE-ROOT"""
import json
import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as ET

ID = "io.github.escapement_lab.Escapement"
PERMISSIONS = ["--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri"]
# Of a screenshot in a store, in pixels; and of the words of an entry, in characters.
LARGEST = (2000, 1400)
SUMMARY = (10, 35)
CAPTION = 100

NOT_INSTALLED = ("/include", "/lib/pkgconfig", "/share/doc", "*.a")

root = pathlib.Path(sys.argv[1])
version = re.search(r"^  version: '([^']+)'", (root / "meson.build").read_text(), re.M)[1]
metainfo = ET.parse(root / f"data/{ID}.metainfo.xml.in").getroot()
manifest = json.loads((root / f"flatpak/{ID}.json").read_text())
news = (root / "NEWS.md").read_text()
openblas = next(m for m in manifest["modules"] if m["name"] == "openblas")
results = []


def check(name, wrong):
    """`wrong`: what is not as it should be; empty if all is."""
    results.append((name, [str(w) for w in wrong]))


def read_news():
    """Version, date, paragraphs and list items of every release, newest first."""
    releases = []
    for line in news.splitlines():
        heading = re.fullmatch(r"## (\S+) \((\d{4}-\d\d-\d\d)\)", line)
        if heading:
            releases.append((heading[1], heading[2], [], []))
        elif line.startswith("- "):
            releases[-1][3].append(line[2:])
        elif line and not line.startswith("#"):
            releases[-1][2].append(line)
    return releases


def read_metainfo():
    return [(r.get("version"), r.get("date"), [p.text for p in r.iterfind("description/p")],
             [i.text for i in r.iterfind("description/ul/li")])
            for r in metainfo.iterfind("releases/release")]


def read_png_size(path):
    return struct.unpack(">II", path.read_bytes()[16:24])


def find_screenshots():
    """What is wrong with the pictures of the metainfo, and with those that stand about."""
    wrong, named = [], set()
    for shot in metainfo.iterfind("screenshots/screenshot"):
        url, caption = shot.findtext("image"), shot.findtext("caption")
        path = root / url.partition(f"/v{version}/")[2]
        named.add(path.name)
        if path.suffix != ".png" or not path.is_file():
            wrong.append(f"{url} is no picture at the tag of this version")
        elif any(a > b for a, b in zip(read_png_size(path), LARGEST)):
            wrong.append(f"{path.name}: {read_png_size(path)} is larger than {LARGEST}")
        if caption.endswith(".") or len(caption) > CAPTION:
            wrong.append(f"caption: {caption}")
    if not 3 <= len(named) <= 6:
        wrong.append(f"{len(named)} screenshots")
    return wrong


def find_archives():
    wrong = []
    confirmed = (root / "flatpak/CHECKSUMS.md").read_text()
    for module in manifest["modules"][:-1]:
        for source in module["sources"]:
            name = source["url"].rpartition("/")[2]
            row = re.search(rf"^\| `{re.escape(name)}` \| `{source['sha256']}` \| (.+) \| (.+) \|$",
                            confirmed, re.M)
            if source["type"] != "archive" or not source["url"].startswith("https://"):
                wrong.append(f"{name} is not an archive by https")
            if row is None or row[1] == row[2]:
                wrong.append(f"{name}: its checksum is not confirmed twice")
    return wrong


def find_tests():
    module = manifest["modules"][-1]
    suites = [s for command in module["test-commands"] for s in re.findall(r"--suite (\w+)", command)]
    return ([] if module.get("run-tests") and suites else [module]) + [
        f"there is no suite {s}" for s in suites if not (root / f"tests/{s}/meson.build").is_file()]


def find_names():
    """Names other than the one of the program, with where they are."""
    schema = ET.parse(root / f"data/{ID}.gschema.xml").find("schema")
    desktop = (root / f"data/{ID}.desktop.in").read_text()
    named = {"manifest": manifest["id"], "metainfo": metainfo.findtext("id"),
             "launchable": metainfo.findtext("launchable").removesuffix(".desktop"),
             "schema": schema.get("id"), "icon": re.search(r"^Icon=(.*)$", desktop, re.M)[1],
             "meson.build": re.search(r"^app_id = '(.*)'", (root / "meson.build").read_text(), re.M)[1]}
    for script in ("bundle", "prove"):
        named[script] = re.search(r"^id=(.*)$", (root / "flatpak" / script).read_text(), re.M)[1]
    return [f"{where}: {name}" for where, name in named.items() if name != ID]


def find_icons():
    wrong = []
    for name, size in ((f"scalable/apps/{ID}.svg", 128), (f"symbolic/apps/{ID}-symbolic.svg", 16)):
        svg = ET.parse(root / "data/icons/hicolor" / name).getroot()
        grid = f"0 0 {size} {size}"
        if svg.get("viewBox") != grid or svg.get("width") != str(size):
            wrong.append(f"{name}: {svg.get('viewBox')} is not {grid}")
    return wrong


check("NEWS.md and the metainfo tell the same of every release",
      [] if read_news() == read_metainfo() else [read_news(), read_metainfo()])
check("the newest release is the version of meson.build",
      [] if read_news()[0][0] == version else [read_news()[0][0], version])
check("README cites this version",
      [] if f"> Escapement {version}," in (root / "README.md").read_text() else [version])
check("the metainfo's screenshots are there, at this version's tag", find_screenshots())
summary = metainfo.findtext("summary")
check("the summary is short",
      [] if SUMMARY[0] <= len(summary) <= SUMMARY[1] and not summary.endswith(".") else [summary])
check("the manifest asks for four permissions",
      [] if manifest["finish-args"] == PERMISSIONS else manifest["finish-args"])
check("the manifest's archives are pinned, their checksums confirmed twice", find_archives())
check("the manifest tests what it builds", find_tests())
check("the manifest builds for two processors, and leaves out what only building needs",
      [a for a in ("x86_64", "aarch64") if a not in openblas["build-options"]["arch"]]
      + [f for f in NOT_INSTALLED if f not in manifest["cleanup"]])
check("translations come with the program, which a single file has no other place for",
      [] if manifest["separate-locales"] is False else [manifest])
check("names agree", find_names())
check("icons are on their grids", find_icons())

for number, (name, wrong) in enumerate(results, 1):
    for line in wrong:
        print("#", line)
    print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
print(f"1..{len(results)}")
