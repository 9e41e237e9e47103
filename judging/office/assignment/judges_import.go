package assignment

import (
	"context"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// JudgesRequest says which list of judges is brought in, and how.
type JudgesRequest struct {
	Path      string
	Columns   map[string]string // header or letter -> field, where the program reads a column wrongly
	DryRun    bool              // only say what would come of it
	Namesakes bool              // a name that is there without a unit is another person
	Reason    string            // of the conflicts that the list declares; "" stands for the name of the file
}

// JudgesReport says what became of every row of a list of judges.
type JudgesReport struct {
	judging.RowTally
	List      string            `json:"list,omitempty"` // its number; "" where nothing changed
	Rows      []JudgeOutcome    `json:"rows"`
	Conflicts int               `json:"conflicts"` // declared by the list and new
	Mappings  []mapping.Mapping `json:"mappings"`
	Sheets    ledger.Accounts   `json:"sheets,omitempty"` // what became of the rows of each sheet
	Problems  []judging.Problem `json:"problems,omitempty"`
}

// JudgeOutcome is what became of one row.
type JudgeOutcome struct {
	judging.Place
	Status   judging.RowStatus    `json:"status"`
	Judge    judging.JudgeID      `json:"judge,omitempty"`
	Name     string               `json:"name,omitempty"`
	Unit     string               `json:"unit,omitempty"`
	Changes  []judging.WorkChange `json:"changes,omitempty"`
	Avoid    []judging.Conflict   `json:"avoid,omitempty"` // the conflicts that the row declares, new or known
	Problems []judging.Problem    `json:"problems,omitempty"`
}

// AllProblems are those of the list and of its rows, in that order.
func (r JudgesReport) AllProblems() []judging.Problem {
	all := append([]judging.Problem(nil), r.Problems...)
	for _, row := range r.Rows {
		all = append(all, row.Problems...)
	}
	return all
}

// ImportJudges brings judges in from a table (姓名 单位 专长类别 职称 电话 工号 负荷上限 回避单位); a list of names alone will do.
// A row about a judge who is there changes what it names and leaves the rest; a name that may be another person's is
// asked about, not merged. Conflicts that the list names are declared. UndoJudges takes all of it back. Errors as for
// ImportWorks; Invalid as well for a list from which no row could be taken, with the report that says why. Wrong rows
// are rejected one by one.
func (o Stage) ImportJudges(ctx context.Context, req JudgesRequest) (JudgesReport, error) {
	report := JudgesReport{Rows: []JudgeOutcome{}, Mappings: []mapping.Mapping{}}
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return report, err
	}
	rows, err := o.readJudges(ctx, req, rules, &report)
	if err != nil {
		return report, err
	}
	if req.Reason = judging.Tidy(req.Reason); req.Reason == "" {
		req.Reason = filepath.Base(req.Path)
	}
	var plan *judgesPlan
	look := func(tx store.Tx) error {
		plan, err = newJudgesPlan(tx, req, rules)
		if err == nil {
			plan.take(rows)
		}
		return err
	}
	if req.DryRun {
		err = o.rec.DB.View(ctx, look)
	} else {
		err = o.rec.Change(ctx, records.Seating, func(tx store.Tx) error {
			if err := look(tx); err != nil {
				return err
			}
			return records.FirstError(o.keepList(tx, plan, filepath.Base(req.Path)), o.writeJudges(tx, plan))
		})
	}
	if err != nil {
		return report, err
	}
	plan.report(&report)
	return report, nothingTaken(report, filepath.Base(req.Path))
}

// nothingTaken is the error of a list of which no row was taken; nil where one was.
func nothingTaken(r JudgesReport, file string) error {
	if r.Accepted+r.Changed+r.Unchanged > 0 {
		return nil
	}
	for _, p := range r.Problems {
		if p.Fatal {
			return judging.Fail(judging.Invalid, p.Text, p.Args)
		}
	}
	return judging.Fail(judging.Invalid, "judges.none_read", judging.Args{"File": file, "Rows": r.Rejected})
}

// mostJudgeRows is how many rows a list of judges may have.
const mostJudgeRows = 20_000

func (o Stage) readJudges(
	ctx context.Context, req JudgesRequest, rules judging.Rules, report *JudgesReport,
) ([]table.JudgeRow, error) {
	opt, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (mapping.Options, error) {
		return intake.ReadOptions(tx, "", req.Columns)
	})
	if err != nil {
		return nil, err
	}
	book, err := read.Open(req.Path, filepath.Base(req.Path), grid.Limits{Rows: mostJudgeRows})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var rows []table.JudgeRow
	opt.Account = func(a ledger.Account) { report.Sheets = append(report.Sheets, a) }
	mappings, problems, err := table.ReadJudges(ctx, book, rules, opt, func(r table.JudgeRow) error {
		rows = append(rows, r)
		return nil
	})
	if mappings != nil {
		report.Mappings = mappings
	}
	report.Problems = problems
	return rows, err
}

// keepList numbers the judges that are new and keeps what the list does, so that it can be taken back.
func (o Stage) keepList(tx store.Tx, plan *judgesPlan, file string) error {
	if !plan.writes() {
		return nil
	}
	n, err := records.Take(tx, "judge-list", 1)
	if err != nil {
		return err
	}
	plan.list.ID = judging.Serial("jl", 3, n)
	if k := len(plan.list.Added); k > 0 {
		first, err := records.Take(tx, "judge", k)
		if err != nil {
			return err
		}
		plan.number(first)
	}
	for _, r := range plan.rows {
		plan.list.Tally.Add(r.Status)
	}
	plan.list.State, plan.list.At, plan.list.By, plan.list.File = judging.Live, o.rec.Now().UTC(), o.rec.Actor, file
	return records.JudgeLists.Insert(tx, plan.list)
}

// writeJudges writes what the list does.
func (o Stage) writeJudges(tx store.Tx, plan *judgesPlan) error {
	for _, j := range plan.list.Added {
		if err := records.FirstError(records.Judges.Insert(tx, j),
			o.rec.Log(tx, "judges.import", string(j.ID), nil, judgeGist(j))); err != nil {
			return err
		}
	}
	for _, c := range plan.list.Changed {
		if err := records.FirstError(records.Judges.Put(tx, c.After),
			o.rec.Log(tx, "judges.import", string(c.After.ID), judgeGist(c.Before), judgeGist(c.After))); err != nil {
			return err
		}
	}
	for _, c := range plan.list.Conflicts {
		if err := records.FirstError(records.Conflicts.Put(tx, c),
			o.rec.Log(tx, "conflicts.declare", c.ID(), nil, c)); err != nil {
			return err
		}
	}
	return nil
}
