package awards

import (
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// defaultDays is how many working days a notice has when nobody says.
const defaultDays = 5

// Read reads the days of a request as people write them and works out the last one; now is the clock by which days
// without a year, and a request without a first day, are meant. Errors: Invalid for what is no day.
func (r NoticeRequest) Read(now time.Time) (judging.Notice, error) {
	n := judging.Notice{
		State:   judging.Standing,
		From:    now.Format(day.Form),
		Days:    r.Days,
		Contact: judging.Tidy(r.Contact),
	}
	if n.Days == 0 {
		n.Days = defaultDays
	}
	var err error
	if judging.Tidy(r.From) != "" {
		if n.From, err = day.Parse(r.From, now); err != nil {
			return n, err
		}
	}
	if n.Holidays, err = readDays(r.Holidays, now); err != nil {
		return n, err
	}
	if n.Workdays, err = readDays(r.Workdays, now); err != nil {
		return n, err
	}
	n.Until, err = day.Last(n.From, n.Days, n.Holidays, n.Workdays)
	return n, err
}

func readDays(texts []string, now time.Time) (out []string, err error) {
	for _, text := range texts {
		days, err := day.ParseAll(text, now)
		if err != nil {
			return nil, err
		}
		out = append(out, days...)
	}
	return out, nil
}

// notPast asks about a notice that begins before today, unless that is meant.
func notPast(n judging.Notice, now time.Time, meant bool) error {
	if n.From < now.Format(day.Form) && !meant {
		return judging.Fail(judging.Clash, "notice.in_past", judging.Args{"Day": n.From, "Until": n.Until})
	}
	return nil
}

// CorrectNotice gives the standing notice other days or another contact, with a reason; what it said before is kept
// with it. What the request leaves out stays as it is. Errors: Invalid without a reason or for what is no day, Clash
// for a first day in the past unless it is meant or was so before, Closed when no notice stands, when the awards are
// final, or when nothing would change.
func (o Notices) CorrectNotice(ctx context.Context, req NoticeRequest, reason string) (judging.Notice, error) {
	var out judging.Notice
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	err := o.rec.Change(ctx, records.Announcing, func(tx store.Tx) error {
		old, err := records.Standing(tx)
		if err != nil {
			return err
		}
		if old == nil {
			return judging.Fail(judging.Closed, "notice.none", nil)
		}
		now := o.rec.Now()
		if out, err = req.over(*old).Read(now); err != nil {
			return err
		}
		was := old.Terms()
		if slices.Equal(was.Key(), out.Terms().Key()) {
			return judging.Fail(judging.Closed, "notice.unchanged", nil)
		}
		if err := notPast(out, now, req.Past || out.From == old.From); err != nil {
			return err
		}
		was.Until, was.Reason, was.By, was.At = old.Until, reason, o.rec.Actor, now.UTC()
		out.ID, out.Version, out.At, out.Before = old.ID, old.Version, old.At, append(old.Before, was)
		if err := records.Notices.Put(tx, out); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.correct_notice", out.ID, old, out)
	})
	return out, err
}

// over fills what the request leaves out from a notice.
func (r NoticeRequest) over(n judging.Notice) NoticeRequest {
	if judging.Tidy(r.From) == "" {
		r.From = n.From
	}
	if r.Days == 0 {
		r.Days = n.Days
	}
	if r.Holidays == nil {
		r.Holidays = n.Holidays
	}
	if r.Workdays == nil {
		r.Workdays = n.Workdays
	}
	if judging.Tidy(r.Contact) == "" {
		r.Contact = n.Contact
	}
	return r
}
