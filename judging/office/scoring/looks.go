package scoring

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Look implements judging.Ballots. It leaves no entry in the journal: nothing is decided by it.
func (d *Desk) Look(ctx context.Context, code judging.WorkCode, l judging.Look) error {
	return d.office.rec.In(records.Settings).Update(ctx, func(tx store.Tx) error {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return err
		}
		w, err := in.Find(code)
		if err == nil {
			err = w.Blind().CheckLook(l)
		}
		if err != nil || in.Seat.Submitted || in.Closed {
			return err
		}
		_, err = records.KeepLook(tx, in.Plan.Round, in.Judge.ID, code, l)
		return err
	})
}

// TakeLooks keeps what a judge has looked at away from here. What does not fit a work as it is here, or a work that is
// not the judge's, is left out.
func TakeLooks(tx store.Tx, in Duty, looks map[judging.WorkCode]judging.Look) error {
	for code, l := range in.fitting(looks) {
		if _, err := records.KeepLook(tx, in.Plan.Round, in.Judge.ID, code, l); err != nil {
			return err
		}
	}
	return nil
}

// fitting returns those looks that fit the judge's works as they are here.
func (d *Duty) fitting(looks map[judging.WorkCode]judging.Look) map[judging.WorkCode]judging.Look {
	out := map[judging.WorkCode]judging.Look{}
	for _, w := range slices.Concat(d.Works, d.Trial) {
		if l, said := looks[w.Code]; said && w.Blind().CheckLook(l) == nil {
			out[w.Code] = l
		}
	}
	return out
}

// Unseen lists, by their numbers, the works of the duty that were scored though files of them were not looked at.
func (d *Duty) Unseen(looks map[judging.WorkCode]judging.Look) []judging.WorkCode {
	var out []judging.WorkCode
	for code, l := range d.fitting(looks) {
		if l.Unseen > 0 {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}
