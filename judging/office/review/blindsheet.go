package review

import (
	"context"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
)

// WriteBlindness writes the blindness report to an Excel file: one row for each file that judges are to see, and
// for each title with a name in it. It is for the organiser: it quotes the names that were found. It returns how
// many rows still need an eye. Errors: Unavailable.
func (o Stage) WriteBlindness(ctx context.Context, path string, words paper.Words) (int, error) {
	list, err := o.BlindnessReport(ctx)
	if err != nil {
		return 0, err
	}
	header := []any{}
	for _, k := range []string{
		"code", "title", "category", "file", "kind", "state", "needs", "removed", "left", "masks", "names",
	} {
		header = append(header, words("blind.col_"+k, nil))
	}
	rows, open := [][]any{header}, 0
	for _, s := range list {
		open += s.Open()
		if len(s.TitleNames) > 0 {
			rows = append(rows, []any{
				string(s.Code), s.Title, s.Category, words("blind.in_title", nil), "",
				stateWord(words, !s.TitleLooked, s.TitleLooked),
				words("blind.need_names", nil),
				"",
				"",
				"",
				nearNames(s.TitleNames),
			})
		}
		for _, f := range s.Files {
			rows = append(rows, []any{
				string(s.Code), s.Title, s.Category, f.N, words("blind.kind_"+f.Kind, nil),
				stateWord(words, f.Open(), f.Looked), needWords(words, f),
				traceWords(words, f.Removed),
				traceWords(words, f.Left),
				f.Masks,
				nearNames(f.Names),
			})
		}
	}
	grid := paper.Grid{Name: words("blind.sheet", nil), Rows: rows, Head: 1, Words: words}
	return open, records.WriteFile(path, func(w io.Writer) error { return paper.WriteGrids(w, []paper.Grid{grid}) })
}

func stateWord(words paper.Words, open, looked bool) string {
	switch {
	case open:
		return words("blind.state_open", nil)
	case looked:
		return words("blind.state_looked", nil)
	}
	return words("blind.state_ready", nil)
}

func needWords(words paper.Words, f BlindFileState) string {
	var out []string
	for _, n := range f.Needs {
		out = append(out, words("blind.need_"+string(n), nil))
	}
	return strings.Join(out, "；")
}

func traceWords(words paper.Words, traces []string) string {
	var out []string
	for _, t := range traces {
		out = append(out, words("blind.trace_"+t, nil))
	}
	return strings.Join(out, "、")
}

func nearNames(hits []judging.NameHit) string {
	const few = 5
	var out []string
	for _, h := range hits[:min(len(hits), few)] {
		out = append(out, h.Near)
	}
	if len(hits) > few {
		out = append(out, "…")
	}
	return strings.Join(out, " / ")
}
