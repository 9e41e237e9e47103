package passes

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/room/sign"
	"fayi/judging/store"
)

// Hindrance says in a word why a judge can't come in by name and PIN.
type Hindrance string

// What hinders a judge.
const (
	NoPIN    Hindrance = "no_pin"
	Namesake Hindrance = "namesake" // two of one name: nobody would know which to choose
	NoPass   Hindrance = "no_pass"  // none was issued yet, or it was revoked
	Struck   Hindrance = "struck"
)

// Entrance is how a judge comes in where one address serves all.
type Entrance struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`
	Why   Hindrance       `json:"why,omitempty"` // not by name; "": by name
}

// Entrances lists the judges who have a list in the published plan of the round that is open; none when its scoring is
// closed. Errors: Closed when no plan is published.
func (o Stage) Entrances(ctx context.Context) ([]Entrance, error) {
	return records.View(ctx, o.rec.DB, entrances)
}

func entrances(tx store.Tx) ([]Entrance, error) {
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
	if closed, err := records.IsClosed(tx, c.Round); err != nil || closed {
		return nil, err
	}
	all, err := passesOf(tx, *plan)
	if err != nil {
		return nil, err
	}
	of := map[string]int{}
	for _, p := range all {
		if !p.Struck {
			of[p.Name]++
		}
	}
	out := make([]Entrance, len(all))
	for i, p := range all {
		out[i] = Entrance{Judge: p.Judge, Name: p.Name}
		pin, err := records.LoadSecret(tx, string(p.Judge))
		switch {
		case err != nil:
			return nil, err
		case p.Struck:
			out[i].Why = Struck
		case of[p.Name] > 1:
			out[i].Why = Namesake
		case !pin.Guards():
			out[i].Why = NoPIN
		case p.Issued.IsZero():
			out[i].Why = NoPass
		}
	}
	return out, nil
}

// Judges lists those who have a list in the published plan and a pass. Errors: Closed when no plan is published.
func (d Door) Judges(ctx context.Context) ([]judging.JudgeID, error) {
	all, err := Of(d.rec).Passes(ctx)
	var out []judging.JudgeID
	for _, p := range all {
		if !p.Issued.IsZero() && !p.Struck {
			out = append(out, p.Judge)
		}
	}
	return out, err
}

// Names lists the judges who can come in by name and PIN now.
func (d Door) Names(ctx context.Context) ([]string, error) {
	all, err := records.View(ctx, d.rec.DB, entrances)
	if judging.CodeOf(err) == judging.Closed {
		err = nil
	}
	out := []string{}
	for _, e := range all {
		if e.Why == "" {
			out = append(out, e.Name)
		}
	}
	return out, err
}

// Enter lets the judge of a name in on a device, by their PIN, and binds the device to their pass. Errors: Forbidden
// for a name that Names doesn't list, for a wrong PIN and while wrong tries have to wait; Forbidden (room.other_device)
// when another device is bound, with who it would have been.
func (d Door) Enter(ctx context.Context, name, pin, device, kind string) (Guest, error) {
	guest, id, err := d.named(ctx, name)
	if err != nil {
		return Guest{}, err
	}
	if err := d.rec.CheckPIN(ctx, guest.Judge, pin); err != nil {
		return Guest{}, err
	}
	// the PIN may have been taken away, or the pass revoked, while it was checked
	again, now, err := d.named(ctx, name)
	if err != nil {
		return Guest{}, err
	}
	if again.Judge != guest.Judge || now != id {
		return Guest{}, judging.Fail(judging.Busy, "room.name_changed", nil)
	}
	return guest, d.Admit(ctx, id, device, kind)
}

// named returns who comes in by a name, and the identity of their pass.
func (d Door) named(ctx context.Context, name string) (guest Guest, pass string, err error) {
	err = d.rec.DB.View(ctx, func(tx store.Tx) error {
		all, err := entrances(tx)
		if err != nil && judging.CodeOf(err) != judging.Closed {
			return err
		}
		for _, e := range all {
			if e.Name != name || e.Why != "" {
				continue
			}
			p, err := loadPass(tx, e.Judge)
			if err != nil || p == nil {
				return err
			}
			guest, pass = Guest{Judge: e.Judge, Name: e.Name, Key: sign.Key(p.Key)}, p.ID
		}
		return nil
	})
	if err == nil && pass == "" {
		err = judging.Fail(judging.Forbidden, "room.no_name", nil)
	}
	return guest, pass, err
}
