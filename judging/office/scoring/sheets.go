package scoring

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// WriteScoreSheets writes one Excel score sheet for each judge of the published plan (or only for the one named)
// into dir and returns their paths. File names hold the contest's name, the judge's name and identity. Errors:
// Closed when no plan is published, NotFound for the judge, Unavailable.
func (o Stage) WriteScoreSheets(
	ctx context.Context, dir string, only judging.JudgeID, words paper.Words,
) ([]string, error) {
	status, err := o.ScoresStatus(ctx)
	if err != nil {
		return nil, err
	}
	if only != "" {
		if _, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.Judge, error) {
			return records.LoadJudge(tx, only)
		}); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, store.Translate(dir, err)
	}
	out := []string{}
	for _, j := range status.Judges {
		if j.Total == 0 || only != "" && only != j.Judge {
			continue
		}
		s, err := o.scoreSheet(ctx, j.Judge)
		if err != nil {
			return out, err
		}
		path := filepath.Join(dir, records.FileName(words("report.score_sheet_file", map[string]any{
			"Contest": s.Duties.Contest,
			"Judge":   j.Name,
			"ID":      string(j.Judge),
		}))+".xlsx")
		if err := records.WriteFile(path, func(w io.Writer) error {
			return paper.WriteScoreSheet(w, s, words)
		}); err != nil {
			return out, err
		}
		out = append(out, path)
	}
	return out, nil
}

func (o Stage) scoreSheet(ctx context.Context, judge judging.JudgeID) (paper.ScoreSheet, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (paper.ScoreSheet, error) {
		in, err := LoadDuty(tx, judge)
		if err != nil {
			return paper.ScoreSheet{}, err
		}
		s := paper.ScoreSheet{Contest: in.contest.ID, Ballots: map[judging.WorkCode]judging.Ballot{}}
		if s.Duties, err = in.duties(tx); err != nil {
			return s, err
		}
		trial, err := in.loadTrial(tx)
		if err != nil {
			return s, err
		}
		s.Calibration = len(trial) > 0
		for _, w := range in.Works {
			score, err := records.LoadScore(tx, in.Plan.Round, w.ID, judge)
			if err != nil {
				return s, err
			}
			if len(score.Versions) > 0 {
				s.Ballots[w.Code] = score.Now().Ballot
			}
		}
		return s, nil
	})
}

// CollectReport says what one filled sheet brought.
type CollectReport struct {
	File      string            `json:"file"`
	Judge     judging.JudgeID   `json:"judge"`
	Read      int               `json:"read"`    // rows with something filled in
	Changed   []ScoreChange     `json:"changed"` // scores that differ from what was kept
	Submitted bool              `json:"submitted"`
	Problems  []judging.Problem `json:"problems"`
}

// ScoreChange is one score before and after.
type ScoreChange struct {
	Code  judging.WorkCode    `json:"code"`
	Old   float64             `json:"old"`
	New   float64             `json:"new"`
	State judging.BallotState `json:"state"`
	First bool                `json:"first"` // there was nothing before
}

// CollectScores reads a filled score sheet back. Marks that are wrong are reported with sheet, row and column, and
// the rest is kept; reading the same sheet again changes nothing; every older value stays in the history. A
// packet's reply is collected as CollectReply does. Errors: Invalid for a file that is no score sheet, Clash for
// one of another contest, round or plan version or of a judge that is not in the plan, Closed when the judge's list
// is handed in and the sheet differs from it.
func (o Stage) CollectScores(ctx context.Context, path string) (CollectReport, error) {
	if report, is, err := o.collectedReply(ctx, path); is {
		return report, err
	}
	name := filepath.Base(path)
	report := CollectReport{File: name, Changed: []ScoreChange{}, Problems: []judging.Problem{}}
	filled, problems, err := table.ReadScoreSheet(ctx, path, name)
	if err != nil {
		return report, err
	}
	report.Judge = filled.Judge
	in, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Duty, error) {
		in, err := LoadDuty(tx, filled.Judge)
		if err != nil {
			return in, err
		}
		return in, belongs(in, filled.SheetIdentity, name)
	})
	if err != nil {
		return report, err
	}
	report.Problems = append(report.Problems, problems...)
	return report, o.takeBallots(ctx, in, filled.Ballots, &report)
}

// belongs refuses a sheet that was made for something else.
func belongs(in Duty, id table.SheetIdentity, name string) error {
	args := judging.Args{"File": name, "Sheet": string(id.Plan), "Plan": in.Plan.Version}
	switch {
	case id.Contest != in.contest.ID:
		return judging.Fail(judging.Clash, "scores.other_contest", args)
	case id.Round != in.Plan.Round || id.Plan != in.Plan.Version && !slices.Contains(in.Plan.Before, id.Plan):
		return judging.Fail(judging.Clash, "scores.other_plan", args)
	case len(in.Works) == 0:
		return judging.Fail(judging.Clash, "scores.no_duty", args)
	}
	return nil
}

// takeBallots saves each row by itself, so that a cut leaves only whole scores and the next reading goes on.
func (o Stage) takeBallots(ctx context.Context, in Duty, rows []table.FilledBallot, report *CollectReport) error {
	took := make([]taken, len(rows))
	cost := func(int) (int, int) { return 8, 1 << 14 }
	err := store.Bulk(ctx, o.rec.DB, len(rows), cost, func(tx store.Tx, i int) error {
		var err error
		took[i], err = o.takeBallot(tx, in, rows[i].Ballot, report.File)
		return err
	}, nil)
	if err != nil {
		return err
	}
	for i, t := range took {
		switch {
		case t.refused != nil:
			report.refuse(rows[i], t.refused)
			continue
		case t.kept.State != judging.Open:
			report.Read++
		}
		if t.changed {
			report.Changed = append(report.Changed, ScoreChange{
				rows[i].Code, t.before.Total, t.kept.Total, t.kept.State, t.first,
			})
		}
	}
	if len(report.Changed) > 0 {
		o.rec.Changes.Ring()
	}
	return nil
}

// taken is what became of one row.
type taken struct {
	before, kept   judging.Ballot
	first, changed bool
	refused        error
}

func (o Stage) takeBallot(tx store.Tx, in Duty, b judging.Ballot, file string) (taken, error) {
	w, err := in.find(b.Code)
	if err != nil {
		return taken{refused: err}, nil
	}
	before, err := records.LoadScore(tx, in.Plan.Round, w.ID, in.Judge.ID)
	if err != nil {
		return taken{}, err
	}
	t := taken{before: before.Now().Ballot, first: len(before.Versions) == 0}
	t.kept, t.changed, err = PutBallot(o.rec, tx, in, b, judging.Sheet, file)
	if judging.CodeOf(err) == judging.Invalid {
		return taken{refused: err}, nil
	}
	return t, err
}

// refuse turns the error of one row into a problem of the report.
func (r *CollectReport) refuse(f table.FilledBallot, err error) {
	p := judging.Problem{Place: f.Place, Text: "error.internal", Fatal: true}
	if m, ok := err.(interface {
		Message() (string, map[string]any)
	}); ok {
		p.Text, p.Args = m.Message()
		if name, ok := p.Args["Name"].(string); ok {
			p.Column = f.Columns[name]
		}
	}
	r.Problems = append(r.Problems, p)
}
