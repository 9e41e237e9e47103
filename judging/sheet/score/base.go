package score

import (
	"strings"

	"fayi/judging"
)

// RowBase is what a row was when its sheet was written. It lies in the hidden sheet, by the work's code: rows may be
// sorted and columns inserted.
type RowBase struct {
	Base  string // as judging.Ballot.Base
	Title string // TitleHash of the title then
}

const baseMark = "FAYI-ROW"

// TitleHash is a title as RowBase keeps it: spelling of widths and blanks does not matter.
func TitleHash(title string) string { return identitySum(judging.Fold(title)) }

// BaseLine writes the base of a row with a checksum that ties it to this sheet: FAYI-ROW|code|base|title|check.
func (s SheetIdentity) BaseLine(code judging.WorkCode, b RowBase) string {
	line := strings.Join([]string{baseMark, string(code), b.Base, b.Title}, "|")
	return line + "|" + identitySum(s.IdentityLine()+line)
}

func isBaseLine(text string) bool { return strings.HasPrefix(text, baseMark+"|") }

// parseBase reads a line that BaseLine wrote for this sheet; one of another sheet, or altered, is not one.
func (s SheetIdentity) parseBase(text string) (code judging.WorkCode, b RowBase, ok bool) {
	parts := strings.Split(text, "|")
	if len(parts) != 5 || parts[0] != baseMark {
		return "", b, false
	}
	code, b = judging.WorkCode(parts[1]), RowBase{parts[2], parts[3]}
	return code, b, s.BaseLine(code, b) == text
}
