// Package passes keeps who may score in the room with a device of their own: a pass for each judge, bound to the first
// device that uses it.
//
// It promises: the token of a pass is known to nobody but who was given it, since only its hash is kept; a pass opens
// nothing once it is revoked, replaced, or its judge has left; a second device is refused until the organiser releases
// the first. It will not talk to a network: package room does.
package passes

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"io"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/room/sign"
	"fayi/judging/store"
)

// Stage is the passes of an open contest; package office hands it out. Its methods may be called from many goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the passes of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Issued is a pass that was just made, with the token that is shown once.
type Issued struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`
	Token string          `json:"token"` // 22 characters, fit for an address
}

// Pass is what the organiser sees of one judge's pass.
type Pass struct {
	Judge  judging.JudgeID `json:"judge"`
	Name   string          `json:"name"`
	Issued time.Time       `json:"issued,omitzero"`  // zero: there is no pass
	Kind   string          `json:"kind,omitempty"`   // of the device, a word of sign.Kinds
	Bound  time.Time       `json:"bound,omitzero"`   // when the device came first; zero: none came yet
	Struck bool            `json:"struck,omitempty"` // the judge was struck off: nothing lets them in
}

// IssuePasses makes a new pass for each of the judges, in place of any before, and returns the tokens: they are kept
// nowhere else. No judges stand for all who have a list in the published plan and no pass. Errors: NotFound for a
// judge, Closed when no plan is published.
func (o Stage) IssuePasses(ctx context.Context, judges []judging.JudgeID) ([]Issued, error) {
	if len(judges) == 0 {
		var err error
		if judges, err = o.without(ctx); err != nil {
			return nil, err
		}
	}
	tokens := make([]string, len(judges))
	for i := range judges {
		var err error
		if tokens[i], err = sign.NewToken(o.rec.Random); err != nil {
			return nil, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
		}
	}
	var out []Issued
	err := o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		names, err := records.JudgeNames(tx)
		if err != nil {
			return err
		}
		out = make([]Issued, 0, len(judges))
		for i, id := range judges {
			if _, err := records.LoadJudge(tx, id); err != nil {
				return err
			}
			if err := o.put(tx, id, tokens[i]); err != nil {
				return err
			}
			out = append(out, Issued{Judge: id, Name: names[id], Token: tokens[i]})
		}
		return nil
	})
	return out, err
}

// without lists the judges of the published plan who have no pass, in the order of their identities.
func (o Stage) without(ctx context.Context) ([]judging.JudgeID, error) {
	all, err := o.Passes(ctx)
	var out []judging.JudgeID
	for _, p := range all {
		if p.Issued.IsZero() {
			out = append(out, p.Judge)
		}
	}
	return out, err
}

// put keeps a new pass and says so in the journal.
func (o Stage) put(tx store.Tx, judge judging.JudgeID, token string) error {
	key, err := sign.KeyOf(token)
	if err != nil {
		return judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": ""}).Because(err)
	}
	before, err := loadPass(tx, judge)
	if err != nil {
		return err
	}
	pass := kept{Judge: judge, ID: key.ID(), Key: key[:], Issued: o.rec.Now().UTC()}
	if err := passTable.Put(tx, pass); err != nil {
		return err
	}
	was, is := map[string]any{"set": before != nil}, map[string]any{"set": true}
	return o.rec.Log(tx, "room.pass", string(judge), was, is)
}

// Passes lists all judges who have a list in the published plan, with their passes. Errors: Closed when no plan is
// published.
func (o Stage) Passes(ctx context.Context) ([]Pass, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Pass, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		plan, err := records.PublishedPlan(tx, c.Round)
		if err != nil {
			return nil, err
		}
		if plan == nil {
			return nil, judging.Fail(judging.Closed, "scores.no_plan", nil)
		}
		return passesOf(tx, *plan)
	})
}

func passesOf(tx store.Tx, plan judging.Plan) ([]Pass, error) {
	all, err := records.LoadJudges(tx)
	if err != nil {
		return nil, err
	}
	out := []Pass{}
	for _, j := range all {
		_, err := records.Rosters.Get(tx, (&judging.Roster{Plan: plan.ID, Judge: j.ID}).ID())
		if judging.CodeOf(err) == judging.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		p, err := loadPass(tx, j.ID)
		if err != nil {
			return nil, err
		}
		row := Pass{Judge: j.ID, Name: j.Name, Struck: j.Struck != ""}
		if p != nil {
			row.Issued, row.Kind, row.Bound = p.Issued, p.Kind, p.Bound
		}
		out = append(out, row)
	}
	return out, nil
}

// RevokePass ends a judge's pass: what was signed with it opens nothing any more. Errors: NotFound for the judge and
// where there is no pass.
func (o Stage) RevokePass(ctx context.Context, judge judging.JudgeID) error {
	return o.change(ctx, judge, func(tx store.Tx, p kept) error {
		return records.FirstError(passTable.Delete(tx, string(judge)),
			o.rec.Log(tx, "room.revoke", string(judge), nil, nil))
	})
}

// ReleaseDevice lets another device use a judge's pass: the next one that comes takes the place of the one before,
// which may go on until then. Errors: NotFound for the judge and where there is no pass.
func (o Stage) ReleaseDevice(ctx context.Context, judge judging.JudgeID) error {
	return o.change(ctx, judge, func(tx store.Tx, p kept) error {
		p.Free = true
		return records.FirstError(passTable.Put(tx, p), o.rec.Log(tx, "room.release", string(judge), nil, nil))
	})
}

// change does fn with the pass of a judge.
func (o Stage) change(ctx context.Context, judge judging.JudgeID, fn func(store.Tx, kept) error) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if _, err := records.LoadJudge(tx, judge); err != nil {
			return err
		}
		p, err := loadPass(tx, judge)
		if err != nil {
			return err
		}
		if p == nil {
			return judging.Fail(judging.NotFound, "room.none", judging.Args{"Judge": judge})
		}
		return fn(tx, *p)
	})
}

// Door is what the room asks at each request.
type Door struct {
	rec    *records.Records
	secret []byte
}

// Door returns the door of the room. It makes the contest's secret for the room when it is first asked for. Errors:
// Unavailable.
func (o Stage) Door(ctx context.Context) (Door, error) {
	fresh := make([]byte, sha256.Size)
	if _, err := io.ReadFull(o.rec.Random, fresh); err != nil {
		return Door{}, judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	d := Door{rec: o.rec}
	err := o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		k, err := keyTable.Get(tx, doorKey)
		if judging.CodeOf(err) == judging.NotFound {
			k = roomKey{ID: doorKey, Secret: fresh}
			err = keyTable.Put(tx, k)
		}
		d.secret = k.Secret
		return err
	})
	return d, err
}

// Secret derives a secret of the contest for one purpose, the same each time.
func (d Door) Secret(purpose string) []byte { return sign.Derive(d.secret, purpose) }

// Guest is who a request says it comes from.
type Guest struct {
	Judge judging.JudgeID
	Name  string
	Key   sign.Key // to check that the request is theirs
}

// Find returns whose pass this is. Errors: Forbidden where there is not one, or its judge has left or was struck off.
func (d Door) Find(ctx context.Context, id string) (Guest, error) {
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (Guest, error) {
		p, err := findPass(tx, id)
		if err != nil {
			return Guest{}, err
		}
		if p == nil {
			return Guest{}, errNoPass()
		}
		j, err := records.LoadJudge(tx, p.Judge)
		if judging.CodeOf(err) == judging.NotFound {
			return Guest{}, errNoPass()
		}
		if err == nil && j.Struck != "" {
			return Guest{}, judging.Fail(judging.Forbidden, "room.struck", nil)
		}
		return Guest{Judge: j.ID, Name: j.Name, Key: sign.Key(p.Key)}, err
	})
}

// Admit lets a device use a pass: the first that comes is bound to it. kind says in a word what it is. Errors:
// Forbidden for another device than the one that is bound, and where the pass was revoked meanwhile.
func (d Door) Admit(ctx context.Context, id, device, kind string) error {
	bound, err := d.holds(ctx, id, device)
	if err != nil || bound {
		return err
	}
	sum := deviceSum(device)
	return d.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if bound, err := admits(tx, id, sum[:]); err != nil || bound {
			return err
		}
		p, err := findPass(tx, id)
		if err != nil {
			return err
		}
		p.Device, p.Free, p.Kind, p.Bound = sum[:], false, kind, d.rec.Now().UTC()
		if err := passTable.Put(tx, *p); err != nil {
			return err
		}
		return d.rec.Log(tx, "room.device", string(p.Judge), nil, map[string]any{"kind": kind})
	})
}

func deviceSum(device string) [sha256.Size]byte {
	return sha256.Sum256([]byte("fayi room device 1\x00" + device))
}

func (d Door) holds(ctx context.Context, id, device string) (bool, error) {
	sum := deviceSum(device)
	return records.View(ctx, d.rec.DB, func(tx store.Tx) (bool, error) { return admits(tx, id, sum[:]) })
}

// Stays says whether a device that was admitted still may use its pass. Errors: Forbidden when another one took its
// place, and when the pass was revoked or its judge has left.
func (d Door) Stays(ctx context.Context, id, device string) error {
	if _, err := d.Find(ctx, id); err != nil {
		return err
	}
	_, err := d.holds(ctx, id, device)
	return err
}

// admits reports whether the device is bound to the pass; false where none is. Errors: Forbidden.
func admits(tx store.Tx, id string, device []byte) (bool, error) {
	p, err := findPass(tx, id)
	switch {
	case err != nil:
		return false, err
	case p == nil:
		return false, errNoPass()
	case len(p.Device) == 0:
		return false, nil
	case subtle.ConstantTimeCompare(p.Device, device) == 1:
		return true, nil
	case !p.Free:
		return false, judging.Fail(judging.Forbidden, "room.other_device", nil)
	}
	return false, nil
}
