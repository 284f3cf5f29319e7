"""Makes Pinn Sans from Inter 3.19 (Debian package fonts-inter) with fontTools.

    python3 subset.py /usr/share/fonts/opentype/inter .

Figures become tabular, so that numbers that change do not jitter, and the
nabla, which Inter lacks, is its Delta upside down.
"""
import sys

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

TEXT = (
    "".join(chr(c) for c in range(0x20, 0x7F))
    + "\u00a0\u2009\u202f°±²³·×÷µ–—‘’“”…‖†•⁰¹⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉←↑→↓↔∂∇∞∑√∫−≈≠≤≥‰"
    + "αβγδεζηθικλμνξοπρςστυφχψωΓΔΘΛΞΠΣΦΨΩϕϵ"
    + "àáâäãåæçèéêëìíîïñòóôöõøßùúûüÀÁÂÄÅÆÇÈÉÊËÎÏÑÓÔÖØÙÚÛÜ"
)
NABLA = "nabla"


def to_quadratic(font):
    """Replaces the CFF outlines by TrueType's, and adds the nabla: the Delta
    mirrored within its own height."""
    glyphs, order, cmap = font.getGlyphSet(), font.getGlyphOrder(), font.getBestCmap()
    bounds = BoundsPen(glyphs)
    glyphs[cmap[0x394]].draw(bounds)
    mirror = (1, 0, 0, -1, 0, bounds.bounds[1] + bounds.bounds[3])
    outlines = {}
    for name in order + [NABLA]:
        pen = TTGlyphPen(None)
        # CFF turns the other way than TrueType; a mirror image has turned already.
        if name == NABLA:
            to = TransformPen(Cu2QuPen(pen, 1), mirror)
            glyphs[cmap[0x394]].draw(to)
        else:
            glyphs[name].draw(Cu2QuPen(pen, 1, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["hmtx"].metrics[NABLA] = font["hmtx"].metrics[cmap[0x394]]
    for table in font["cmap"].tables:
        table.cmap[ord("∇")] = NABLA
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs, font["glyf"].glyphOrder = outlines, order + [NABLA]
    font.setGlyphOrder(order + [NABLA])
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(outlines)
    for key in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):
        setattr(maxp, key, 1 if key == "maxZones" else 0)
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def tabular(font):
    """Returns the glyphs that the feature tnum replaces, and by what."""
    gsub, out = font["GSUB"].table, {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for i in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[i].SubTable:
                    out.update(getattr(table, "ExtSubTable", table).mapping)
    return out


def align(font):
    """Makes all figures as wide as the widest: Inter's semi-bold 4 is not."""
    cmap, metrics = font.getBestCmap(), font["hmtx"].metrics
    figures = [cmap[ord(c)] for c in "0123456789"]
    width = max(metrics[g][0] for g in figures)
    for g in figures:
        metrics[g] = (width, metrics[g][1])


def rename(font, weight):
    """Gives the modified font a name of its own, as its licence asks."""
    names = font["name"]
    names.names = []
    for i, text in {
        0: "Copyright 2016-2022 The Inter Project Authors (https://github.com/rsms/inter)",
        1: "Pinn Sans",
        2: weight,
        4: "Pinn Sans " + weight,
        5: "1.000; a subset of Inter with tabular figures",
        6: "PinnSans-" + weight,
        13: "SIL Open Font License, Version 1.1",
        14: "https://scripts.sil.org/OFL",
    }.items():
        names.setName(text, i, 3, 1, 0x409)


def make(source, target, weight):
    font = TTFont(source)
    figures = tabular(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for u, glyph in list(table.cmap.items()):
                table.cmap[u] = figures.get(glyph, glyph)
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "BASE", "DSIG", "VORG", "vmtx", "vhea"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in TEXT])
    subsetter.subset(font)
    to_quadratic(font)
    align(font)
    rename(font, weight)
    font.save(target)


for w in ("Regular", "SemiBold"):
    make(f"{sys.argv[1]}/Inter-{w}.otf", f"{sys.argv[2]}/PinnSans-{w}.ttf", w)
