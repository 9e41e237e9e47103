package filetype

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

var webStart = regexp.MustCompile(`<(?:!doctype|html|head|body|table|div|meta|\?xml|\?mso|(?:ss:)?workbook)\b`)

// TableEndings are how the names of files end that are read as tables when somebody names them: such a file is read as
// one even when it is broken, so that its error says so.
var TableEndings = []string{
	".xlsx", ".xlsm", ".xls", ".et", ".ods", ".fods", ".csv", ".tsv", ".txt", ".mht", ".mhtml", ".htm", ".html",
}

// mailStart begins the other lines that may stand before the version of a saved page.
var mailStart = regexp.MustCompile(`^(?:from|subject|date|x-[a-z-]+|snapshot-[a-z-]+|content-[a-z-]+):`)

// TextTable says how a text with a table in it is read: AsText, AsWeb for a page or an XML spreadsheet, AsArchive for
// a page saved with all that belongs to it (MHT). The text may be in UTF-16 without a mark.
func TextTable(head []byte) Table {
	plain := strings.ReplaceAll(string(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))), "\x00", "")
	low := strings.ToLower(strings.ToValidUTF8(plain, "")) // UTF-16 as well: its mark and its zeros are gone
	start := strings.TrimLeft(low, " \t\r\n")
	switch {
	case strings.HasPrefix(start, "<") && webStart.MatchString(low):
		return AsWeb
	case strings.HasPrefix(start, "mime-version:"),
		mailStart.MatchString(start) && strings.Contains(low, "\nmime-version:"):
		return AsArchive
	}
	return AsText
}

// IsTableName reports whether a file is called a table, and nothing else is called so.
func IsTableName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".fods", ".csv", ".tsv":
		return true
	}
	return false
}
