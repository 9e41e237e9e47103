package collect

import (
	"context"
	"path/filepath"
	"time"

	"fayi/judging"
	"fayi/judging/arrival"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// How far what lies in a watched folder is.
const (
	Growing  = "growing"  // it is still being written
	Waiting  = "waiting"  // it waits to be looked at
	TakenIn  = "taken"    // it is a parcel that came before
	SetAside = "aside"    // somebody said that it is no parcel
	Unread   = "unread"   // it can't be read, or holds too many files
	Doubled  = "repeated" // another one in the folder is the same
)

// Aside is what somebody said to be no parcel, by its contents: it is not offered again under another name.
type Aside struct {
	Sum  string    `json:"sum"`
	Name string    `json:"name"` // of the file or folder
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty"`
}

var asides = store.NewTable("aside", 1, func(a *Aside) string { return a.Sum })

// Arrival is what lies in a watched folder, with how far it is.
type Arrival struct {
	arrival.Entry
	State  string `json:"state"`
	Parcel string `json:"parcel,omitempty"` // which one it is
	Unit   string `json:"unit,omitempty"`   // from whom that came
}

// Arrivals says of what lies in a folder what became of it here. Nothing is written.
func (o Stage) Arrivals(ctx context.Context, list []arrival.Entry) ([]Arrival, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Arrival, error) {
		had, err := arrived(tx, func(p InboxParcel) bool { return p.Sum != "" })
		if err != nil {
			return nil, err
		}
		known := map[string]Parcel{}
		for _, p := range had {
			known[p.Sum] = p.Parcel
		}
		seen := map[string]bool{}
		out := []Arrival{}
		for _, e := range list {
			a := Arrival{Entry: e, State: Waiting}
			_, err := asides.Get(tx, e.Sum)
			p, is := known[e.Sum]
			switch {
			case e.Growing:
				a.State = Growing
			case e.Sum == "":
				a.State = Unread
			case is:
				a.State, a.Parcel, a.Unit = TakenIn, p.ID, p.Unit
			case err == nil:
				a.State = SetAside
			case judging.CodeOf(err) != judging.NotFound:
				return nil, err
			case seen[e.Sum]:
				a.State = Doubled
			}
			seen[e.Sum] = true
			out = append(out, a)
		}
		return out, nil
	})
}

// LayAside says that what lies at a path is no parcel, or with back that it may be one after all. Nothing of it is
// changed or removed. Errors: NotFound where it was not laid aside, Unavailable, Invalid where no file is there.
func (o Stage) LayAside(ctx context.Context, path string, back bool) (Aside, error) {
	sum, err := arrival.Sum(ctx, []string{path})
	if err != nil {
		return Aside{}, err
	}
	if sum == "" {
		return Aside{}, judging.Fail(judging.Invalid, "call.empty_parcel", nil)
	}
	now := Aside{sum, filepath.Base(path), o.rec.Now().UTC(), o.rec.Actor}
	return now, o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		was, err := asides.Get(tx, sum)
		switch {
		case back && judging.CodeOf(err) == judging.NotFound:
			return judging.Fail(judging.NotFound, "call.not_aside", judging.Args{"Name": now.Name})
		case err != nil && judging.CodeOf(err) != judging.NotFound:
			return err
		case back:
			return records.FirstError(asides.Delete(tx, sum), o.rec.Log(tx, "collect.back", "", was.Sum, nil))
		case err == nil:
			now = was
			return nil
		}
		return records.FirstError(asides.Put(tx, now), o.rec.Log(tx, "collect.aside", "", nil, sum))
	})
}
