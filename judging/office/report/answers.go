package report

import (
	"context"
	"maps"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// AnswerReport says what a superior's award list brought.
type AnswerReport struct {
	To      superior.Level `json:"to"`
	Rows    int            `json:"rows"`    // with a title
	Matched int            `json:"matched"` // rows of works that were reported
	Changed []Answer       `json:"changed"`
	// rows of no reported work, or of more than one: the list may hold others' works too
	Unmatched []judging.Place `json:"unmatched"`
	// of sheets, and of rows without a title
	Problems []judging.Problem `json:"problems,omitempty"`
	Sheets   ledger.Accounts   `json:"sheets,omitempty"` // what became of the rows of each sheet
}

// Answer is what a superior made of one work.
type Answer struct {
	Work  judging.WorkID `json:"work"`
	Batch string         `json:"batch"`
	Award string         `json:"award"`
	Title string         `json:"title"`
}

// reportedWork is a work that went up, as answers are matched to it.
type reportedWork struct {
	batch string
	work  judging.Work
}

// ImportAnswers reads a superior's award list back and notes the awards with the works that were reported there.
// Works are known by their code, else by title and authors; the same list again changes nothing. Errors: as
// sheet.Open; Invalid for a list without titles or awards, Closed when nothing was reported.
func (o Stage) ImportAnswers(ctx context.Context, path string, to superior.Level) (AnswerReport, error) {
	report := AnswerReport{To: to, Changed: []Answer{}, Unmatched: []judging.Place{}}
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return report, err
	}
	list, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]reportedWork, error) { return loadReported(tx, to) })
	if err != nil {
		return report, err
	}
	if len(list) == 0 {
		return report, judging.Fail(judging.Closed, "batch.none_reported", nil)
	}
	words, err := report.read(ctx, path, rules, list)
	if err != nil {
		return report, err
	}
	return report, o.rec.Change(ctx, records.Reporting, func(tx store.Tx) error {
		return o.keepAnswers(tx, &report,
			list, words)
	})
}

func loadReported(tx store.Tx, to superior.Level) ([]reportedWork, error) {
	r, err := reportedTo(tx, to)
	if err != nil {
		return nil, err
	}
	var out []reportedWork
	for _, id := range slices.Sorted(maps.Keys(r.in)) {
		w, err := records.LoadWork(tx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, reportedWork{r.in[id], w})
	}
	return out, nil
}

// read matches the rows of the list and returns the award of each work.
func (r *AnswerReport) read(
	ctx context.Context, path string, rules judging.Rules, list []reportedWork,
) (map[judging.WorkID]string, error) {
	name := filepath.Base(path)
	book, err := read.Open(path, name, grid.Limits{Rows: 100_000})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	words := map[judging.WorkID]string{}
	awards := false
	opt := mapping.Options{Account: func(a ledger.Account) { r.Sheets = append(r.Sheets, a) }}
	_, problems, err := table.ReadWorks(ctx, book, rules, opt, func(row table.WorkRow) error {
		if row.Work.Title == "" {
			r.Problems = append(r.Problems, row.Problems...)
			return nil
		}
		r.Rows++
		award := row.Work.More["award"]
		awards = awards || award != ""
		if w, ok := sameWork(row.Work, list); !ok {
			r.Unmatched = append(r.Unmatched, row.Work.Source)
		} else if r.Matched++; award != "" {
			if before := words[w.ID]; before != "" && before != award { // the first one stays, and both are named
				r.Problems = append(r.Problems, judging.Problem{
					Place: row.Work.Source, Text: "batch.answer_twice", Fatal: true,
					Args: judging.Args{"Title": w.Title, "Award": award, "Before": before},
				})
				return nil
			}
			words[w.ID] = award
		}
		return nil
	})
	r.Problems = append(r.Problems, problems...)
	err = records.FirstError(err, r.Sheets.Check())
	if err == nil && !awards {
		err = judging.Fail(judging.Invalid, "batch.no_awards_in_list", judging.Args{"File": name})
	}
	return words, err
}

// sameWork finds the one reported work that a row means.
func sameWork(row judging.Work, list []reportedWork) (judging.Work, bool) {
	for _, same := range []func(w judging.Work) bool{
		func(w judging.Work) bool {
			return row.Number != "" && judging.Fold(row.Number) == judging.Fold(string(w.Code))
		},
		func(w judging.Work) bool {
			return row.Key() == w.Key() && judging.Fold(row.ShownUnit()) == judging.Fold(w.ShownUnit())
		},
		func(w judging.Work) bool { return row.Key() == w.Key() },
		func(w judging.Work) bool {
			return judging.Fold(row.Title) == judging.Fold(w.Title) &&
				slices.ContainsFunc(row.Authors, func(a string) bool {
					return slices.ContainsFunc(w.Authors, func(b string) bool {
						return judging.Fold(a) == judging.Fold(b)
					})
				})
		},
		func(w judging.Work) bool {
			return len(row.Authors) == 0 && judging.Fold(row.Title) == judging.Fold(w.Title)
		},
	} {
		var found []judging.Work
		for _, r := range list {
			if same(r.work) {
				found = append(found, r.work)
			}
		}
		if len(found) == 1 {
			return found[0], true
		}
	}
	return judging.Work{}, false
}

// keepAnswers writes the awards that differ from what is known.
func (o Stage) keepAnswers(
	tx store.Tx, report *AnswerReport, list []reportedWork, words map[judging.WorkID]string,
) error {
	report.Changed = []Answer{}
	changed := map[string]superior.Batch{}
	for _, r := range list {
		award, told := words[r.work.ID]
		b, ok := changed[r.batch]
		if !ok {
			var err error
			if b, err = records.Batches.Get(tx, r.batch); err != nil {
				return err
			}
		}
		if !told || b.Answer[r.work.ID].Award == award {
			continue
		}
		b.Answer = maps.Clone(b.Answer)
		if b.Answer == nil {
			b.Answer = map[judging.WorkID]superior.Word{}
		}
		b.Answer[r.work.ID] = superior.Word{Award: award, At: o.rec.Now().UTC()}
		changed[r.batch] = b
		report.Changed = append(report.Changed, Answer{r.work.ID, r.batch, award, r.work.Title})
	}
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		if err := records.Batches.Put(tx, changed[id]); err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return o.rec.Log(tx, "report.answers", string(report.To), nil, report.Changed)
}
