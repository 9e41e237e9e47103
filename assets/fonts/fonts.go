// Package fonts holds the embedded Chinese type: Noto Sans SC regular and bold (SIL Open Font License 1.1, see
// OFL.txt). It stands apart from package assets so that only what draws carries these 34 MB: the window and the
// papers in PDF.
package fonts

import _ "embed"

// Regular is Noto Sans SC at weight 400, a TrueType (glyf) file.
//
//go:embed NotoSansSC-Regular.ttf
var Regular []byte

// Bold is Noto Sans SC at weight 700, a TrueType (glyf) file, as papers in PDF need it.
//
//go:embed NotoSansSC-Bold.ttf
var Bold []byte

// ScreenBold has the same glyphs as Bold, with outlines in CFF form (scripts/boldface makes it): the window's
// toolkit reads all outlines of a TrueType file before it draws the first, 60 ms and 37 MB, but those of this one
// each at its turn, 12 ms and 15 MB. One file can't serve both: the writer of PDF refuses CFF ("Unrecognized file
// (font) format", gopdf 0.33), and the TrueType file in the window costs the start 48 ms. One file would save
// 13.5 MB of each program and clone; the way there is a PDF writer that embeds CFF, or a toolkit that reads glyf
// outlines one by one.
//
//go:embed NotoSansSC-Bold.otf
var ScreenBold []byte
