package records

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// Gate is an act that asks what is open before it goes on.
type Gate string

// The gates, in the order of a contest.
const (
	GatePublish      Gate = "publish"      // of a plan
	GateClose        Gate = "close"        // of a round's scoring
	GateNext         Gate = "next"         // the next round begins
	GateDecide       Gate = "decide"       // awards
	GateNotice       Gate = "notice"       // awards are shown to the public
	GateFinal        Gate = "final"        // awards are locked
	GateBatch        Gate = "batch"        // works go up to a superior
	GateCertificates Gate = "certificates" // are printed
	GateReport       Gate = "report"       // any other paper of results
)

// Gates lists all gates in the order of a contest.
var Gates = []Gate{GatePublish, GateClose, GateNext, GateDecide, GateNotice, GateFinal, GateBatch, GateCertificates,
	GateReport}

// Point is something unfinished or inconsistent, counted, with the gates it bears on.
type Point struct {
	Kind   string            `json:"kind"`
	Count  int               `json:"count"` // of works, else of what the kind counts; at least 1
	Works  []judging.WorkID  `json:"works"`
	Judges []judging.JudgeID `json:"judges"`
	Stops  []Gate            `json:"stops"` // refuse while it is open
	Asks   []Gate            `json:"asks"`  // refuse unless it is ticked
	Says   []Gate            `json:"says"`  // note it and go on
	Place  string            `json:"place"` // route of the page where it is seen to
	Text   string            `json:"key"`   // of the catalogue
	Args   judging.Args      `json:"args,omitempty"`
}

// Fault is the point as an error that a door can show.
func (p Point) Fault() *judging.Error { return judging.Fail(judging.Closed, p.Text, p.Args) }

// OpenError refuses an act because of what is open: the points that stop it, and those that ask for a tick.
type OpenError struct {
	Gate  Gate
	Stops []Point
	Asks  []Point
}

// Error implements error: a line for a log.
func (e *OpenError) Error() string {
	out := "open points stop " + string(e.Gate) + ":"
	for _, p := range slices.Concat(e.Stops, e.Asks) {
		out += " " + p.Kind
	}
	return out
}

// Unwrap returns each point as an error of its own, so that doors tell them one below the other.
func (e *OpenError) Unwrap() []error {
	var out []error
	for _, p := range slices.Concat(e.Stops, e.Asks) {
		out = append(out, p.Fault())
	}
	return out
}

// Tickable lists the kinds to be ticked; none while a point stops the act whatever is ticked.
func (e *OpenError) Tickable() []string {
	if len(e.Stops) > 0 {
		return nil
	}
	var out []string
	for _, p := range e.Asks {
		out = append(out, p.Kind)
	}
	return out
}

// Over returns the context under which the act goes on although these points are open: everything that is asked about
// is ticked. It is false while a point stops the act.
func (e *OpenError) Over(ctx context.Context) (context.Context, bool) {
	kinds := e.Tickable()
	return Ticking(ctx, kinds...), len(kinds) > 0
}

type ticksKey struct{}

// Ticking returns a context under which gates that ask for these kinds let an act pass.
func Ticking(ctx context.Context, kinds ...string) context.Context {
	return context.WithValue(ctx, ticksKey{}, append(ticks(ctx), kinds...))
}

func ticks(ctx context.Context) []string {
	kinds, _ := ctx.Value(ticksKey{}).([]string)
	return slices.Clone(kinds)
}

// Pass asks what is open at a gate. It answers with the points to be noted. Errors: *OpenError with those that stop
// the act or want a tick that ctx does not bring.
func (o *Records) Pass(ctx context.Context, tx store.Tx, gate Gate) ([]Point, error) {
	if o.Points == nil {
		return nil, nil
	}
	all, err := o.Points(ctx, tx, gate)
	if err != nil {
		return nil, err
	}
	refusal := &OpenError{Gate: gate}
	ticked := ticks(ctx)
	for _, p := range all {
		switch {
		case slices.Contains(p.Stops, gate):
			refusal.Stops = append(refusal.Stops, p)
		case slices.Contains(p.Asks, gate) && !slices.Contains(ticked, p.Kind):
			refusal.Asks = append(refusal.Asks, p)
		}
	}
	if len(refusal.Stops)+len(refusal.Asks) > 0 {
		return nil, refusal
	}
	return all, nil
}

// UnchangedSince refuses to go on when the journal has grown since it had moment entries. Errors: Clash.
func UnchangedSince(tx store.Tx, moment int) error {
	now, err := Last(tx, "journal")
	if err == nil && now != moment {
		err = judging.Fail(judging.Clash, "awards.changed_meanwhile", nil)
	}
	return err
}
