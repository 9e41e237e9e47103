package copies

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/filelist"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/review"
	"fayi/judging/store"
)

// Sums lists the files of accepted works of a category, and the judges' copies of them; with "" all files of the
// contest. Errors: NotFound for a category without a work.
func (c Copies) Sums(ctx context.Context, category string) ([]string, error) {
	return records.View(ctx, c.rec.DB, func(tx store.Tx) ([]string, error) {
		if category == "" {
			return filelist.Every(tx)
		}
		works, err := records.AllWorks(tx, records.Accepted)
		if err != nil {
			return nil, err
		}
		var sums []string
		wanted, found := map[string]bool{}, false
		for _, w := range works {
			if string(w.Category) != category {
				continue
			}
			found = true
			for _, f := range w.Files {
				if !wanted[f.Sum] {
					wanted[f.Sum] = true
					sums = append(sums, f.Sum)
				}
			}
		}
		if !found {
			return nil, judging.Fail(judging.NotFound, "depot.no_category", judging.Args{"Category": category})
		}
		made, err := review.CopySumsOf(tx, func(sum string) bool { return wanted[sum] })
		return append(sums, made...), err
	})
}
