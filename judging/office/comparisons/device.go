package comparisons

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// How a judge answers on a device of their own: an answer whose receipt was lost is sent again, and the device has to
// hear when there is something to compare.

// mostMark is how long a mark may be, in bytes.
const mostMark = 64

// InRoom has the desk say that the judge answers on a device of their own.
func (d Desk) InRoom() Desk {
	d.source = judging.Room
	return d
}

// came reports whether the answer with this mark was kept before. Errors: Invalid.
func (d Desk) came(ctx context.Context, mark, comparison string) (bool, error) {
	if mark == "" {
		return false, nil
	}
	if len(mark) > mostMark {
		return false, judging.Fail(judging.Invalid, "room.bad_request", nil)
	}
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (bool, error) {
		all, err := compared.AnswersOf(tx, comparison)
		return err == nil && d.among(all, mark), err
	})
}

// among reports whether the judge's answer with this mark is one of all.
func (d Desk) among(all []compared.PairAnswer, mark string) bool {
	return mark != "" && slices.ContainsFunc(all, func(a compared.PairAnswer) bool {
		return a.Judge == d.judge && a.Mark == mark
	})
}

// Standing is a short text that changes when what the judge is asked does by what others do: a comparison that begins
// or ends, a conflict, an answer taken back. It is "" while nobody asks them. Reading it costs little.
func (d Desk) Standing(ctx context.Context) (string, error) {
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (string, error) {
		all, err := compared.RunningIn(tx)
		if err != nil {
			return "", err
		}
		sum, asked := sha256.New(), false
		for _, c := range all {
			if !slices.Contains(c.Judges, d.judge) {
				continue
			}
			asked = true
			barred, err := compared.Bars(records.ReadingOf(tx), c.Round)
			if err != nil {
				return "", err
			}
			takes, err := records.InRound(tx, c.Round)
			if err != nil {
				return "", err
			}
			fmt.Fprintln(sum, c.ID, c.Most)
			for _, id := range c.Works {
				w, err := records.LoadWork(tx, id)
				if err != nil && judging.CodeOf(err) != judging.NotFound { // it may have left the contest
					return "", err
				}
				fmt.Fprintln(sum, w.Code, w.Title, err == nil && takes(w), barred(d.judge, id))
			}
			said, err := compared.AnswersOf(tx, c.ID)
			if err != nil {
				return "", err
			}
			for _, a := range said {
				if a.Judge == d.judge && a.Recalled != "" {
					fmt.Fprintln(sum, a.N)
				}
			}
		}
		if !asked {
			return "", nil
		}
		return hex.EncodeToString(sum.Sum(nil)[:8]), nil
	})
}
