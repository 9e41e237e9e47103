// Package fonts holds the embedded Chinese type: Noto Sans SC regular and bold (SIL Open Font License 1.1, see
// OFL.txt). It stands apart from package assets so that only what draws carries these 48 MB: the window and the
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

// ScreenRegular and ScreenBold have the same glyphs as Regular and Bold, with outlines in CFF form (scripts/screenface
// makes them): the window's toolkit reads all outlines of a TrueType file before it draws the first, and keeps all the
// points, which are looked through each time that memory is; those of these it reads each at its turn. One file can't
// serve both: the writer of PDF refuses CFF ("Unrecognized file (font) format", gopdf 0.33). One file of each weight
// would save 27 MB of each program and clone; the way there is a PDF writer that embeds CFF, or a toolkit that reads
// glyf outlines one by one.
var (
	//go:embed NotoSansSC-Regular.otf
	ScreenRegular []byte
	//go:embed NotoSansSC-Bold.otf
	ScreenBold []byte
)
