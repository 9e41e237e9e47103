package scoring

import (
	"context"
	"io"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// WriteScoreSheets writes one Excel score sheet for each judge of the published plan (or only for the one named)
// into dir, all or none, and returns their paths. File names hold the contest's name and what the judge is called by.
// A sheet that is there and holds something else, as one that a judge filled in, is not written over (package sets).
// Errors: Closed when no plan is published, NotFound for the judge, Clash for such a sheet, Unavailable.
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
	out := []string{}
	err = sets.Write(ctx, dir, func(put sets.Put) error {
		for _, j := range status.Judges {
			if j.Total == 0 || only != "" && only != j.Judge {
				continue
			}
			s, err := o.scoreSheet(ctx, j.Judge)
			if err != nil {
				return err
			}
			s.Duties.Name = j.Call // printed sheets of namesakes must not be mixed up either
			name := records.FileName(words("report.score_sheet_file", map[string]any{
				"Contest": s.Duties.Contest,
				"Judge":   j.Call,
			})) + ".xlsx"
			if err := put(name, func(w io.Writer) error { return paper.WriteScoreSheet(w, s, words) }); err != nil {
				return err
			}
			out = append(out, filepath.Join(dir, name))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (o Stage) scoreSheet(ctx context.Context, judge judging.JudgeID) (paper.ScoreSheet, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (paper.ScoreSheet, error) {
		in, err := LoadDuty(tx, judge)
		if err != nil {
			return paper.ScoreSheet{}, err
		}
		s := paper.ScoreSheet{
			Contest: in.Contest.ID,
			Ballots: map[judging.WorkCode]judging.Ballot{},
			Bases:   map[judging.WorkCode]string{},
		}
		if s.Duties, err = in.Duties(tx); err != nil {
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
			s.Bases[w.Code] = score.Base()
			if len(score.Versions) > 0 {
				s.Ballots[w.Code] = score.Now().Ballot
			}
		}
		return s, nil
	})
}
