"""Names the typefaces of slides, of the charts in them and of what is drawn on these."""

LATIN_FONT, CHINESE_FONT = "Microsoft YaHei", "Microsoft YaHei"
