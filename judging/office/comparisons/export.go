package comparisons

import (
	"context"
	"encoding/csv"
	"io"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// equalWord is what stands for neither work in a file of answers.
const equalWord = "equal"

// Export writes the answers of a comparison that count as a csv that `table pairs` reads, which comes to the same
// order: judge, left, right, better. Judges stand as numbers, 评委1, works by their codes: the file names nobody. It
// returns how many there are. Errors: NotFound, and those of writing a file.
func (o Stage) Export(ctx context.Context, id, path string) (int, error) {
	rows, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([][]string, error) {
		c, err := load(tx, id)
		if err != nil {
			return nil, err
		}
		r := records.ReadingOf(tx)
		order, err := compared.Of(ctx, r, c)
		if err != nil {
			return nil, err
		}
		return answerRows(r, &order)
	})
	if err != nil {
		return 0, err
	}
	return len(rows) - 1, records.WriteFile(path, func(w io.Writer) error {
		out := csv.NewWriter(w)
		_ = out.WriteAll(rows) // the first error sticks and is returned by Error
		return out.Error()
	})
}

// answerRows are the rows of the file, the heads first.
func answerRows(r *records.Reading, order *compared.Order) ([][]string, error) {
	_, works, err := r.Works()
	if err != nil {
		return nil, err
	}
	number := map[judging.JudgeID]int{}
	for i, id := range order.Judges {
		number[id] = i + 1
	}
	rows := [][]string{{"judge", "left", "right", "better"}}
	for _, a := range order.Counted {
		better := equalWord
		if a.Better != "" {
			better = string(works[a.Better].Code)
		}
		rows = append(rows, []string{judging.Serial("评委", 1, number[a.Judge]), string(works[a.Left].Code),
			string(works[a.Right].Code), better})
	}
	return rows, nil
}
