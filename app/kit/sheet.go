package kit

import (
	"strconv"
	"strings"
)

// Sheet is a list as people see it, in words: what is copied, printed and written of it.
type Sheet struct {
	Title string   // may be empty
	Lines []string // sentences before the list
	Heads []string
	Rows  [][]string // each has as many cells as Heads
	Right []bool     // columns of numbers; as many as Heads
}

// Listed is a widget that shows a list.
type Listed interface {
	Sheet() Sheet
}

// Reporter is a page that says more than its lists show: sentences that stand before them on paper.
type Reporter interface {
	Report() []string
}

// ClipCell is text as one cell of tab-separated lines. Text that a spreadsheet would run as a formula begins with
// an apostrophe; numbers stay numbers.
func ClipCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			text = "'" + text
		}
	}
	if strings.ContainsAny(text, "\t\r\n\"") {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}
