#!/usr/bin/env python3
"""Packs the official communes as the app ships them.

    places/pack.py communes-2025.csv communes-before-2025.csv

Both come from the package vietnamadminunits 1.0.4, see LICENSE beside this. Written are `communes.z`
and `former.z`, deflated texts that core/src/official.rs reads, and nothing of `provinces.tsv`: names of
provinces are kept by hand, with the day from which each holds.
"""

import csv
import pathlib
import sys
import zlib

here = pathlib.Path(__file__).parent


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, lines):
    (here / name).write_bytes(zlib.compress("\n".join(lines).encode(), 9))


def communes(table):
    """`=province code`, then `code|kind|name` of each of its communes."""
    lines, province = [], None
    for row in sorted(table, key=lambda row: (row["province_code"], row["code"])):
        if row["province_code"] != province:
            province = row["province_code"]
            lines.append(f"={province}")
        lines.append("|".join([row["code"], row["kind"][:1], row["name"]]))
    return lines


def former(table):
    """`=province`, `-district`, then `code|kind|name|codes of its successors` of each of its communes."""
    lines, province, district = [], None, None
    for row in sorted(table, key=lambda row: (row["province"], row["district"], row["code"])):
        if row["province"] != province:
            province, district = row["province"], None
            lines.append(f"={province}")
        if row["district"] != district:
            district = row["district"]
            lines.append(f"-{district}")
        lines.append("|".join([row["code"], row["kind"][:1], row["name"], row["successor_codes"]]))
    return lines


if __name__ == "__main__":
    now, before = sys.argv[1:]
    write("communes.z", communes(rows(now)))
    write("former.z", former(rows(before)))
