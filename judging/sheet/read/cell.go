package read

import (
	"regexp"
	"strings"
	"time"

	"fayi/judging/sheet/grid"
)

// exponential is a number as Excel shows it in a cell that is too narrow for its digits.
var exponential = regexp.MustCompile(`^-?\d(?:\.\d+)?[eE]\+?\d{1,3}$`)

// parseRef reads "AB12" as row 12 (from 1) and column 27 (from 0); ok is false for anything else.
func parseRef(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A'+1)
	}
	if i == 0 || i == len(ref) || len(ref)-i > 7 {
		return 0, 0, false
	}
	for _, c := range []byte(ref[i:]) {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, col - 1, row >= 1 && row <= grid.MaxRows && col <= grid.MaxColumns
}

// isoSerial reads the date of a cell that keeps it as text (ISO 8601) as a serial of the system of 1900.
func isoSerial(text string) (serial float64, ok bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && t.Year() >= 1900 {
			return t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24, true
		}
	}
	return 0, false
}
