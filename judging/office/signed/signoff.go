package signed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// SignOff writes the sheet that a judge signs by hand once the list is handed in, as PDF. Its check number is of
// the list as it counts: a sheet whose number differs from a new one's was signed for other scores. Errors:
// NotFound, Closed when no plan is published or the list is not handed in, Unavailable.
func (o Stage) SignOff(ctx context.Context, judge judging.JudgeID, path string, words paper.Words) error {
	var state records.State
	form, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (_ diploma.SignOffSheet, err error) {
		if state, err = records.StateOf(tx); err != nil {
			return diploma.SignOffSheet{}, err
		}
		in, err := scoring.LoadDuty(tx, judge)
		if err != nil {
			return diploma.SignOffSheet{}, err
		}
		if !in.Seat.Submitted {
			return diploma.SignOffSheet{}, judging.Fail(judging.Closed, "closing.not_submitted", judging.Args{
				"Judge": judge,
			})
		}
		return signOff(tx, in)
	})
	if err != nil {
		return err
	}
	form.Made, form.Words = o.rec.Now(), diploma.Words(words)
	form.Check = words("closing.check", map[string]any{"Sum": form.Check}) + " " + state.Note(nil, words)
	return records.WriteFile(path, func(w io.Writer) error { return diploma.SignOff(w, form) })
}

func signOff(tx store.Tx, d scoring.Duty) (diploma.SignOffSheet, error) {
	sheet := diploma.SignOffSheet{
		Contest: d.Contest.Title(),
		Host:    d.Contest.Host,
		Judge:   d.Judge.Name,
		Round:   d.Plan.Round,
	}
	sum := sha256.New()
	fmt.Fprintln(sum, d.Contest.ID, d.Judge.ID, d.Plan.Round)
	for _, w := range d.Works {
		s, err := records.LoadScore(tx, d.Plan.Round, w.ID, d.Judge.ID)
		if err != nil {
			return sheet, err
		}
		now := s.Now()
		sheet.Rows = append(sheet.Rows, diploma.SignOffRow{
			Code:  w.Code,
			Title: w.Title,
			State: now.State,
			Total: now.Total,
		})
		fmt.Fprintln(sum, w.Code, now.State, judging.Exact(now.Total))
	}
	sheet.Check = hex.EncodeToString(sum.Sum(nil))[:8]
	return sheet, nil
}
