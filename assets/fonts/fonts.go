// Package fonts holds the embedded Chinese type: Noto Sans SC regular and bold (SIL Open Font License 1.1, see OFL.txt).
// It stands apart from package assets so that only what draws carries these 21 MB: the window and the papers in PDF.
package fonts

import _ "embed"

// Regular is Noto Sans SC at weight 400, a TrueType (glyf) file.
//
//go:embed NotoSansSC-Regular.ttf
var Regular []byte

// Bold is Noto Sans SC at weight 700, a TrueType (glyf) file.
//
//go:embed NotoSansSC-Bold.ttf
var Bold []byte
