package live

import (
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/turns"
	"fayi/judging/office/offsets"
	"fayi/judging/store"
)

// act changes one turn in a transaction and hands it out as it is then. The work may be named by identity or code; ""
// means the first in the state that the act begins from.
func (o Stage) act(
	ctx context.Context, work, verb string, from turns.State, change func(store.Tx, *look, *turns.Turn) error,
) (out Turn, err error) {
	err = o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := o.load(tx)
		if err != nil {
			return err
		}
		if len(in.turns) == 0 {
			return judging.Fail(judging.Clash, "stage.no_order", nil)
		}
		i := slices.IndexFunc(in.turns, func(t turns.Turn) bool { return t.State == from })
		if work != "" {
			if i, err = in.find(tx, work); err != nil {
				return err
			}
		}
		if i < 0 {
			return judging.Fail(judging.Clash, "stage.none_"+string(from), nil)
		}
		t, before := in.turns[i], in.turns[i]
		if err := change(tx, in, &t); err != nil {
			return err
		}
		in.turns[i] = t
		if err := records.FirstError(
			turns.Table.Put(tx, t), o.rec.Log(tx, "stage."+verb, string(t.Work), before, t),
		); err != nil {
			return err
		}
		out, err = in.tell(tx, o.rec, t)
		return err
	})
	return out, err
}

// Call 叫号 brings a work onto the stage: from now on its judges may score it. "" means the next that waits. A work
// that was closed or released already is not called again: Reopen it. Errors: Clash when another is on the stage, or
// when nothing waits.
func (o Stage) Call(ctx context.Context, work string) (Turn, error) {
	return o.act(ctx, work, "call", turns.Waiting, func(_ store.Tx, in *look, t *turns.Turn) error {
		if t.State == turns.Shut || t.State == turns.Released {
			return judging.Fail(judging.Clash, "stage.called_already", judging.Args{"Number": t.Number})
		}
		if err := in.empty(); err != nil {
			return err
		}
		if _, there := in.works[t.Work]; !there {
			return judging.Fail(judging.Clash, "stage.gone", judging.Args{"Number": t.Number})
		}
		t.State, t.Since = turns.Called, o.rec.Now().UTC()
		return nil
	})
}

// Back takes a wrong call back: the work waits again. Scores that were given already are kept, and their judges can
// change them when the work is called again; Scored of the turn says how many. Errors: Clash when nothing is on the
// stage.
func (o Stage) Back(ctx context.Context) (Turn, error) {
	return o.act(ctx, "", "back", turns.Called, func(_ store.Tx, _ *look, t *turns.Turn) error {
		t.State, t.Started, t.Stopped, t.Closed = turns.Waiting, time.Time{}, time.Time{}, time.Time{}
		return nil
	})
}

// Start begins to time the performance that is on the stage, from nothing if it was timed before. Errors: Clash when
// nothing is on.
func (o Stage) Start(ctx context.Context) (Turn, error) {
	return o.act(ctx, "", "start", turns.Called, func(_ store.Tx, _ *look, t *turns.Turn) error {
		t.Started, t.Stopped = o.rec.Now().UTC(), time.Time{}
		return nil
	})
}

// Stop ends the timing. Errors: Clash when nothing is on the stage or its time is not running.
func (o Stage) Stop(ctx context.Context) (Turn, error) {
	return o.act(ctx, "", "stop", turns.Called, func(_ store.Tx, _ *look, t *turns.Turn) error {
		if t.Started.IsZero() || !t.Stopped.IsZero() {
			return judging.Fail(judging.Clash, "stage.not_timed", nil)
		}
		t.Stopped = o.rec.Now().UTC()
		return nil
	})
}

// CloseRequest says how scoring of a work ends.
type CloseRequest struct {
	Work   string // identity or code; "" for the one on the stage
	Early  bool   // although judges have not scored it yet
	Reason string // of points taken off for overtime, in words; the points are the rules'
}

// Close ends the scoring of the work that is on the stage; a performance that is still timed ends with it. Overtime
// takes off what the rules say, as an offset with a reason that can be recalled. Errors: Clash when nothing is on the
// stage, or when judges have not scored it and Early is not set.
func (o Stage) Close(ctx context.Context, req CloseRequest) (Turn, error) {
	return o.act(ctx, req.Work, "close", turns.Called, func(tx store.Tx, in *look, t *turns.Turn) error {
		if t.State != turns.Called {
			return judging.Fail(judging.Clash, "stage.not_on", judging.Args{"Number": t.Number})
		}
		told, err := in.tell(tx, o.rec, *t)
		if err != nil {
			return err
		}
		if told.Scored < told.Seats && !req.Early {
			return judging.Fail(judging.Clash, "stage.unscored", judging.Args{
				"Missing": told.Seats - told.Scored, "Number": t.Number,
			})
		}
		if !t.Started.IsZero() && t.Stopped.IsZero() {
			t.Stopped = o.rec.Now().UTC()
		}
		t.State, t.Closed = turns.Shut, o.rec.Now().UTC()
		return o.chargeOvertime(tx, in, t, req.Reason)
	})
}

// chargeOvertime gives the offset of overtime, in the place of one that an earlier closing gave.
func (o Stage) chargeOvertime(tx store.Tx, in *look, t *turns.Turn, reason string) error {
	if t.Offset != "" {
		if err := offsets.RecallIn(o.rec, tx, t.Offset, reason); err != nil && judging.CodeOf(err) != judging.NotFound {
			return err
		}
		t.Offset = ""
	}
	if in.rules.Live == nil || t.Started.IsZero() {
		return nil
	}
	off := in.rules.Live.TakenOff(t.Stopped.Sub(t.Started))
	if off <= 0 {
		return nil
	}
	f, err := offsets.GiveIn(o.rec, tx, string(t.Work), judging.Exact(-off).Float(), reason)
	t.Offset = f.ID
	return err
}

// Reopen lets the judges score a work again that was closed or released; the screen keeps what it shows until the work
// is released once more. Errors: Clash when another is on the stage, or the work was not called yet.
func (o Stage) Reopen(ctx context.Context, work string) (Turn, error) {
	return o.act(ctx, work, "reopen", turns.Shut, func(_ store.Tx, in *look, t *turns.Turn) error {
		if t.State == turns.Waiting || t.State == turns.Called {
			return judging.Fail(judging.Clash, "stage.not_closed", judging.Args{"Number": t.Number})
		}
		if err := in.empty(); err != nil {
			return err
		}
		t.State, t.Since = turns.Called, o.rec.Now().UTC()
		return nil
	})
}

// empty refuses a second work on the stage. Errors: Clash.
func (in *look) empty() error {
	for _, t := range in.turns {
		if t.State == turns.Called {
			return judging.Fail(judging.Clash, "stage.taken", judging.Args{"Number": t.Number})
		}
	}
	return nil
}
