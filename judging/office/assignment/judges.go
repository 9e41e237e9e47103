package assignment

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// JudgesReport says what became of every row of a list of judges.
type JudgesReport struct {
	judging.RowTally
	Rows     []intake.RowReport `json:"rows"`
	Mappings []table.Mapping    `json:"mappings"`
	Sheets   []ledger.Account   `json:"sheets,omitempty"` // what became of the rows of each sheet
	Problems []judging.Problem  `json:"problems,omitempty"`
}

// Judges lists all judges in the order in which they came.
func (o Stage) Judges(ctx context.Context) ([]judging.Judge, error) {
	return records.View(ctx, o.rec.DB, records.LoadJudges)
}

// AddJudge adds one judge, or changes the one of the same name and unit. Errors: Invalid for a missing name, an
// unknown category, a load below zero; Clash for a name that is there with another unit where either names none:
// that may be the same person, see AddNamesake.
func (o Stage) AddJudge(ctx context.Context, j judging.Judge) (judging.Judge, error) {
	return o.addJudge(ctx, j, false)
}

// AddNamesake adds a judge of whom is known that they are another person than the one of the same name. Errors: as
// AddJudge.
func (o Stage) AddNamesake(ctx context.Context, j judging.Judge) (judging.Judge, error) {
	return o.addJudge(ctx, j, true)
}

func (o Stage) addJudge(ctx context.Context, j judging.Judge, namesake bool) (judging.Judge, error) {
	err := o.rec.Change(ctx, records.Seating, func(tx store.Tx) error {
		rules, err := records.LoadRules(tx)
		if err != nil {
			return err
		}
		if err := checkJudge(&j, rules); err != nil {
			return err
		}
		if !namesake {
			if err := refuseNamesake(tx, j); err != nil {
				return err
			}
		}
		_, err = o.putJudge(tx, &j, "judges.add")
		return err
	})
	return j, err
}

// refuseNamesake refuses a judge who may be one that is there, named without a unit.
func refuseNamesake(tx store.Tx, j judging.Judge) error {
	all, err := records.LoadJudges(tx)
	if err != nil || slices.ContainsFunc(all, func(old judging.Judge) bool { return old.Key() == j.Key() }) {
		return err
	}
	for _, old := range all {
		if judging.Fold(old.Name) == judging.Fold(j.Name) && (old.Unit == "" || j.Unit == "") {
			return judging.Fail(judging.Clash, "judges.namesake", nil)
		}
	}
	return nil
}

func checkJudge(j *judging.Judge, rules judging.Rules) error {
	j.Name, j.Unit = judging.Tidy(j.Name), judging.Tidy(j.Unit)
	if j.Name == "" {
		return judging.Fail(judging.Invalid, "judges.no_name", nil)
	}
	if j.MaxLoad < 0 {
		return judging.Fail(judging.Invalid, "judges.bad_load", judging.Args{"Value": j.MaxLoad})
	}
	if j.MinLoad < 0 || j.MaxLoad > 0 && j.MinLoad > j.MaxLoad {
		return judging.Fail(judging.Invalid, "judges.load_range", judging.Args{"Min": j.MinLoad, "Max": j.MaxLoad})
	}
	for i, c := range j.Categories {
		name, ok := rules.MatchCategory(c)
		if !ok {
			return judging.Fail(judging.Invalid, "judges.unknown_category", judging.Args{"Value": c})
		}
		j.Categories[i] = name
	}
	return nil
}

// putJudge stores a judge under the identity of the one with the same name and unit, else a new one, and says what
// that made of the row.
func (o Stage) putJudge(tx store.Tx, j *judging.Judge, verb string) (judging.RowStatus, error) {
	all, err := records.LoadJudges(tx)
	if err != nil {
		return "", err
	}
	for _, old := range all {
		if old.Key() != j.Key() {
			continue
		}
		j.ID = old.ID
		if j.Struck = old.Struck; old.Struck != "" {
			j.Away = true
		}
		if sameJudge(old, *j) {
			return judging.RowUnchanged, nil
		}
		if err := records.Judges.Put(tx, *j); err != nil {
			return "", err
		}
		return judging.RowChanged, o.rec.Log(tx, verb, string(j.ID), judgeGist(old), judgeGist(*j))
	}
	n, err := records.Take(tx, "judge", 1)
	if err != nil {
		return "", err
	}
	j.ID = judging.JudgeID(judging.Serial("j", 3, n))
	if err := records.Judges.Insert(tx, *j); err != nil {
		return "", err
	}
	return judging.RowAccepted, o.rec.Log(tx, verb, string(j.ID), nil, judgeGist(*j))
}

// judgeGist is what the journal keeps of a judge: no phone.
func judgeGist(j judging.Judge) map[string]any {
	return map[string]any{
		"name":       j.Name,
		"unit":       j.Unit,
		"categories": j.Categories,
		"max_load":   j.MaxLoad,
		"min_load":   j.MinLoad,
		"senior":     j.Senior,
		"away":       j.Away,
	}
}

func sameJudge(a, b judging.Judge) bool {
	a.Source, b.Source = judging.Place{}, judging.Place{}
	x, errA := records.RawJSON(a)
	y, errB := records.RawJSON(b)
	return errA == nil && errB == nil && string(x) == string(y)
}

// ImportJudges brings judges in from a workbook: 姓名 单位 专长类别 职称 电话 负荷上限. A row of a name and unit already known
// changes that judge. Errors as for ImportWorks; wrong rows are rejected by themselves.
func (o Stage) ImportJudges(ctx context.Context, path string, columns map[string]string) (JudgesReport, error) {
	report := JudgesReport{Rows: []intake.RowReport{}, Mappings: []table.Mapping{}}
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return report, err
	}
	opt, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (table.ReadOptions, error) {
		return intake.ReadOptions(tx, "", columns)
	})
	if err != nil {
		return report, err
	}
	book, err := read.Open(path, filepath.Base(path), read.Limits{})
	if err != nil {
		return report, err
	}
	defer book.Close()
	var rows []table.JudgeRow
	opt.Account = func(a ledger.Account) { report.Sheets = append(report.Sheets, a) }
	mappings, problems, err := table.ReadJudges(ctx, book, rules, opt, func(r table.JudgeRow) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		return report, err
	}
	report.Mappings, report.Problems = mappings, problems
	took := make([]intake.RowReport, len(rows))
	cost := func(int) (int, int) { return 6, 1 << 13 }
	err = store.Bulk(ctx, o.rec.In(records.Seating), len(rows), cost, func(tx store.Tx, i int) error {
		var err error
		took[i], err = o.takeJudge(tx, rows[i], rules)
		return err
	}, nil)
	if err != nil {
		return report, err
	}
	for _, t := range took {
		report.Add(t.Status)
		report.Rows = append(report.Rows, t)
	}
	o.rec.Changes.Ring()
	return report, nil
}

func (o Stage) takeJudge(tx store.Tx, row table.JudgeRow, rules judging.Rules) (intake.RowReport, error) {
	out := intake.RowReport{Place: row.Judge.Source, Status: judging.RowRejected, Problems: row.Problems}
	for _, p := range row.Problems {
		if p.Fatal {
			return out, nil
		}
	}
	j := row.Judge
	var told *judging.Error
	if err := checkJudge(&j, rules); errors.As(err, &told) {
		out.Problems = append(out.Problems, judging.Problem{
			Place: out.Place,
			Text:  told.Text,
			Args:  told.Args,
			Fatal: true,
		})
		return out, nil
	}
	var err error
	out.Status, err = o.putJudge(tx, &j, "judges.import")
	return out, err
}
