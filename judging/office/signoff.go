package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/sheet"
	"fayi/judging/store"
)

// SignOff writes the sheet that a judge signs by hand once the list is handed in, as PDF. Its check number is of the list as it counts: a sheet whose
// number differs from a new one's was signed for other scores. Errors: NotFound, Closed when no plan is published or the list is not handed
// in, Unavailable.
func (o *Office) SignOff(ctx context.Context, judge judging.JudgeID, path string, words sheet.Words) error {
	paper, err := view(ctx, o.db, func(tx store.Tx) (diploma.SignOffSheet, error) {
		in, err := loadDuty(tx, judge)
		if err != nil {
			return diploma.SignOffSheet{}, err
		}
		if !in.seat.Submitted {
			return diploma.SignOffSheet{}, judging.Fail(judging.Closed, "closing.not_submitted", judging.Args{"Judge": judge})
		}
		return in.signOff(tx)
	})
	if err != nil {
		return err
	}
	paper.Made, paper.Words = o.now(), diploma.Words(words)
	paper.Check = words("closing.check", map[string]any{"Sum": paper.Check})
	return writeFile(path, func(w io.Writer) error { return diploma.SignOff(w, paper) })
}

func (d *duty) signOff(tx store.Tx) (diploma.SignOffSheet, error) {
	sheet := diploma.SignOffSheet{Contest: d.contest.Title(), Host: d.contest.Host, Judge: d.judge.Name, Round: d.plan.Round}
	sum := sha256.New()
	fmt.Fprintln(sum, d.contest.ID, d.judge.ID, d.plan.Round)
	for _, w := range d.works {
		s, err := loadScore(tx, d.plan.Round, w.ID, d.judge.ID)
		if err != nil {
			return sheet, err
		}
		now := s.Now()
		sheet.Rows = append(sheet.Rows, diploma.SignOffRow{Code: w.Code, Title: w.Title, State: now.State, Total: now.Total})
		fmt.Fprintln(sum, w.Code, now.State, judging.Exact(now.Total))
	}
	sheet.Check = hex.EncodeToString(sum.Sum(nil))[:8]
	return sheet, nil
}
