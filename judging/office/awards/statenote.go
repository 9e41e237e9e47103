package awards

import (
	"strings"

	"fayi/judging/office/internal/records"
	"fayi/judging/sheet"
)

// StateNote is the line of a paper that says of which moment it is, and what was pending then.
func StateNote(s records.State, open []records.Point, words sheet.Words) string {
	parts := []string{words("open.state", map[string]any{"State": s.Mark()})}
	for _, p := range open {
		parts = append(parts, words(p.Text, p.Args))
	}
	return strings.Join(parts, " ")
}
