package table

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
)

// Sample is how a sheet was understood and its first rows as they stand, to be shown before anything is read.
type Sample struct {
	Mapping  mapping.Mapping
	Rows     []SampleRow
	Problems []judging.Problem // of the sheet
}

// ListsWorks reports whether it is of a table of works: titles and authors side by side, and a row of them.
func (s Sample) ListsWorks() bool {
	title, author := false, false
	for _, c := range s.Mapping.Columns {
		title = title || c.Field == field.Title && c.Confidence >= field.LooseWord
		author = author || (c.Field == field.Author || c.Field == field.Leader) && c.Confidence >= field.LooseWord
	}
	fatal := slices.ContainsFunc(s.Problems, func(p judging.Problem) bool { return p.Fatal })
	return title && author && !fatal && !s.Mapping.Card && !s.Mapping.Sideways && len(s.Mapping.HeaderRows) > 0 &&
		len(s.Rows) > 0
}

// SampleRow is one row of data as text, a cell for each of the mapping's columns.
type SampleRow struct {
	Row   int
	Cells []string
}

var errEnough = errors.New("enough rows")

// Preview shows how works would be read: for each table its mapping and its first n rows of data, as far as the first
// table with more rows. A sheet that cannot be understood has no rows and a fatal problem. The error is a
// judging.Error when the file breaks off.
func Preview(b *read.Book, rules judging.Rules, opts mapping.Options, n int) ([]Sample, error) {
	var samples []Sample
	for i, s := range b.Infos() {
		if opts.Sheet != "" && s.Name != opts.Sheet {
			continue
		}
		var rows map[*table][]SampleRow
		r := newSheetReader(context.Background(), b, i, field.Works(), rules, opts)
		r.emit = func(*table, *record) (bool, error) { return false, nil }
		r.seen = func(t *table, l grid.Line) error {
			if len(rows[t]) >= n {
				return errEnough
			}
			if rows == nil {
				rows = map[*table][]SampleRow{}
			}
			rows[t] = append(rows[t], t.sampled(l))
			return nil
		}
		if _, err := r.run(); err != nil && !errors.Is(err, errEnough) {
			return samples, err
		}
		for _, t := range r.tables {
			samples = append(samples, Sample{Mapping: t.Mapping, Problems: t.Problems, Rows: rows[t]})
		}
	}
	if len(samples) == 0 && opts.Sheet != "" {
		return nil, grid.FileError(b.Name(), "sheet.no_such_sheet", judging.Args{"Sheet": opts.Sheet})
	}
	return samples, nil
}

func (t *table) sampled(l grid.Line) SampleRow {
	row := SampleRow{Row: l.Row}
	for _, c := range t.Cols {
		row.Cells = append(row.Cells, celltext.TidyText(l.At(c.Index).Text))
	}
	return row
}
