package awards

import (
	"context"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// NoticeRequest asks for a public notice.
type NoticeRequest struct {
	From     string   // first day, as people write it; "": today
	Days     int      // working days, 1-60; 0: five
	Holidays []string // days off besides weekends, each one or several as people write them
	Workdays []string // weekend days worked in exchange, likewise
	Contact  string   // who takes objections, for the notice
	Past     bool     // a first day before today is meant
}

// PublishAwards begins the public notice of the awards as decided. Errors: Closed when none are decided, when they are
// final or shown already; Clash for a first day in the past that is not said to be meant; *records.OpenError for what
// is open; Invalid for days that are not valid.
func (o Notices) PublishAwards(ctx context.Context, req NoticeRequest) (judging.Notice, error) {
	if err := o.rec.AutoBackup(ctx, "notice"); err != nil {
		return judging.Notice{}, err
	}
	version, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (int, error) { return records.Last(tx, "decisions") })
	if err != nil {
		return judging.Notice{}, err
	}
	if version == 0 {
		return judging.Notice{}, judging.Fail(judging.Closed, "notice.nothing_decided", nil)
	}
	n, err := req.Read(o.rec.Now())
	if err != nil {
		return judging.Notice{}, err
	}
	if err := notPast(n, o.rec.Now(), req.Past); err != nil {
		return judging.Notice{}, err
	}
	n.At = o.rec.Now().UTC()
	err = o.rec.Change(ctx, records.Announcing, func(tx store.Tx) error {
		now, err := records.Standing(tx)
		if err != nil {
			return err
		}
		if now != nil {
			return judging.Fail(judging.Closed, "notice.standing", judging.Args{"Until": now.Until})
		}
		if _, err := o.rec.Pass(ctx, tx, records.GateNotice); err != nil {
			return err
		}
		if n.Version, err = records.Last(tx, "decisions"); err != nil {
			return err
		}
		k, err := records.Take(tx, "notice", 1)
		if err != nil {
			return err
		}
		n.ID = judging.Serial("n", 3, k)
		if err := records.Notices.Put(tx, n); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.publish", n.ID, nil, n)
	})
	return n, err
}

// NoticeBoard is the public notice with its objections.
type NoticeBoard struct {
	Notice     *judging.Notice     `json:"notice"` // the one that stands or is final, else nil
	Past       []judging.Notice    `json:"past"`
	Objections []judging.Objection `json:"objections"` // newest last
	Over       bool                `json:"over"`       // its last day has passed
	Open       int                 `json:"open"`       // objections without an answer
}

// Notices says how the public notice stands.
func (o Notices) ListNotices(ctx context.Context) (NoticeBoard, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (NoticeBoard, error) {
		b := NoticeBoard{Past: []judging.Notice{}, Objections: []judging.Objection{}}
		err := records.Notices.Each(tx, func(n judging.Notice) error {
			if n.State == judging.Recalled {
				b.Past = append(b.Past, n)
			} else {
				b.Notice = &n
			}
			return nil
		})
		if err != nil {
			return b, err
		}
		if b.Notice != nil {
			b.Over = o.rec.Now().Format(day.Form) > b.Notice.Until
		}
		return b, records.Objections.Each(tx, func(x judging.Objection) error {
			if x.State == judging.Objected {
				b.Open++
			}
			b.Objections = append(b.Objections, x)
			return nil
		})
	})
}

// FileObjection records an objection to one work during the notice. from, who objects, is kept for the answer and
// goes into no journal and no output. Errors: Closed when no notice stands, NotFound for the work, Invalid without
// a text.
func (o Notices) FileObjection(ctx context.Context, work, text, from string) (judging.Objection, error) {
	x := judging.Objection{
		Text:  judging.Tidy(text),
		From:  judging.Tidy(from),
		State: judging.Objected,
		At:    o.rec.Now().UTC(),
	}
	if x.Text == "" {
		return x, judging.Fail(judging.Invalid, "notice.needs_text", nil)
	}
	err := o.rec.Change(ctx, records.Announcing, func(tx store.Tx) error {
		n, err := records.Standing(tx)
		if err != nil {
			return err
		}
		if n == nil || n.State != judging.Standing {
			return judging.Fail(judging.Closed, "notice.none", nil)
		}
		if x.Work, err = records.FindWork(tx, work); err != nil {
			return err
		}
		if _, err := records.LoadWork(tx, x.Work); err != nil {
			return err
		}
		k, err := records.Take(tx, "objection", 1)
		if err != nil {
			return err
		}
		x.ID, x.Notice = judging.Serial("b", 3, k), n.ID
		if err := records.Objections.Put(tx, x); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.object", x.ID, nil, map[string]any{"work": x.Work, "notice": n.ID})
	})
	return x, err
}

// AnswerObjection settles an objection with an answer. An upheld one with reopen opens exactly that work to its
// judges again; without, a ruling on the work is to follow. Either way an upheld objection recalls the notice: the
// awards are decided and shown again. Errors: NotFound, Invalid without an answer, Closed when it was answered
// already.
func (o Notices) AnswerObjection(
	ctx context.Context, id string, uphold, reopen bool, answer string,
) (judging.Objection, error) {
	var x judging.Objection
	answer = judging.Tidy(answer)
	if answer == "" {
		return x, judging.Fail(judging.Invalid, "notice.needs_text", nil)
	}
	err := o.rec.Change(ctx, records.Announcing, func(tx store.Tx) (err error) {
		if x, err = openObjection(tx, id); err != nil {
			return err
		}
		x.State, x.Answer, x.Closed, x.Reopen = judging.Dismissed, answer, o.rec.Now().UTC(), uphold && reopen
		if uphold {
			x.State = judging.Upheld
			if err := Stage(o).recallNotice(tx, x.Notice); err != nil {
				return err
			}
		}
		if x.Reopen {
			if err := Stage(o).reopenWork(tx, x.Work, judging.Rescore, answer); err != nil {
				return err
			}
		}
		if err := records.Objections.Put(tx, x); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.answer", x.ID, nil, map[string]any{
			"state":  x.State,
			"work":   x.Work,
			"reopen": x.Reopen,
		})
	})
	return x, err
}

func (o Stage) recallNotice(tx store.Tx, id string) error {
	n, err := records.Notices.Get(tx, id)
	if err != nil || n.State != judging.Standing {
		return err
	}
	n.State, n.Closed = judging.Recalled, o.rec.Now().UTC()
	return records.Notices.Put(tx, n)
}

// RecallNotice takes a standing notice back, with a reason: the awards can be decided again and shown again. It is the
// way through the lock of the notice. Errors: Invalid without a reason, Closed when no notice stands or the awards are
// final.
func (o Notices) RecallNotice(ctx context.Context, reason string) (judging.Notice, error) {
	var out judging.Notice
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	err := o.rec.Change(ctx, records.Announcing, func(tx store.Tx) error {
		n, err := records.Standing(tx)
		if err != nil {
			return err
		}
		if n == nil {
			return judging.Fail(judging.Closed, "notice.none", nil)
		}
		n.State, n.Closed, n.Why = judging.Recalled, o.rec.Now().UTC(), reason
		out = *n
		if err := records.Notices.Put(tx, *n); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.recall-notice", n.ID, nil, map[string]any{"reason": reason})
	})
	return out, err
}

// FinalizeAwards ends the notice and locks the awards for good: no score, rule, ruling or work can be changed after,
// but that an award is revoked. What becomes final is what the public was shown. Errors: Closed when no notice stands
// or when its last day has not passed; *records.OpenError for what is open.
func (o Notices) FinalizeAwards(ctx context.Context) (judging.Notice, error) {
	var out judging.Notice
	err := o.rec.Change(ctx, records.Announcing, func(tx store.Tx) error {
		n, err := records.Standing(tx)
		if err != nil {
			return err
		}
		switch {
		case n == nil:
			return judging.Fail(judging.Closed, "notice.none", nil)
		case n.State == judging.Final:
			return judging.Fail(judging.Closed, "notice.final", nil)
		case o.rec.Now().Format(day.Form) <= n.Until:
			return judging.Fail(judging.Closed, "notice.not_over", judging.Args{"Until": n.Until})
		}
		if _, err := o.rec.Pass(ctx, tx, records.GateFinal); err != nil {
			return err
		}
		n.State, n.Closed = judging.Final, o.rec.Now().UTC()
		if err := records.Notices.Put(tx, *n); err != nil {
			return err
		}
		out = *n
		return o.rec.Log(tx, "awards.final", n.ID, nil, map[string]any{"version": n.Version})
	})
	return out, err
}
