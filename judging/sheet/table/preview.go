package table

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// Sample is how a sheet was understood and its first rows as they stand, to be shown before anything is read.
type Sample struct {
	Mapping  Mapping
	Rows     []SampleRow
	Problems []judging.Problem // of the sheet
}

// SampleRow is one row of data as text, a cell for each of the mapping's columns.
type SampleRow struct {
	Row   int
	Cells []string
}

var errEnough = errors.New("enough rows")

// Preview shows how works would be read: for each sheet its mapping and its first n rows of data. A sheet that
// cannot be understood has no rows and a fatal problem. The error is a judging.Error when the file breaks off.
func Preview(b *read.Book, rules judging.Rules, opts ReadOptions, n int) ([]Sample, error) {
	return preview(b, works(), rules, opts, n)
}

// PreviewJudges is Preview for a table of judges.
func PreviewJudges(b *read.Book, rules judging.Rules, opts ReadOptions, n int) ([]Sample, error) {
	return preview(b, judges(), rules, opts, n)
}

func preview(b *read.Book, voc *vocabulary, rules judging.Rules, opts ReadOptions, n int) ([]Sample, error) {
	var samples []Sample
	for i, s := range b.Infos() {
		if opts.Sheet != "" && s.Name != opts.Sheet {
			continue
		}
		var sample Sample
		r := &sheetReader{
			ctx:   context.Background(),
			book:  b,
			index: i,
			voc:   voc,
			rules: rules,
			opts:  opts,
			emit:  func(*table, *record) error { return nil },
		}
		r.seen = func(l read.Line) error {
			if len(sample.Rows) >= n {
				return errEnough
			}
			sample.Rows = append(sample.Rows, r.table.sampled(l))
			return nil
		}
		if err := r.run(s); err != nil && !errors.Is(err, errEnough) {
			return samples, err
		}
		if r.table != nil {
			sample.Mapping, sample.Problems = r.table.Mapping, r.table.problems
			samples = append(samples, sample)
		}
	}
	if len(samples) == 0 && opts.Sheet != "" {
		return nil, read.FileError(b.Name(), "sheet.no_such_sheet", judging.Args{"Sheet": opts.Sheet})
	}
	return samples, nil
}

func (t *table) sampled(l read.Line) SampleRow {
	row := SampleRow{Row: l.Row}
	for _, c := range t.cols {
		row.Cells = append(row.Cells, tidyText(l.At(c.Index).Text))
	}
	return row
}
