package collect

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/collect"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// How far a unit is.
const (
	Nothing  = "nothing"  // nothing came
	Lacking  = "lacking"  // something is missing
	Over     = "over"     // more than the unit may send
	Complete = "complete" // all is there
)

// States are the states of units, in the order in which they are seen to.
var States = []string{Nothing, Lacking, Over, Complete}

// What may be missing.
const (
	LackWorks     = "works" // a parcel came, and no work in it was read
	LackFiles     = "files" // works without a file
	LackStatement = "statement"
	LackConsent   = "consent"
)

// Lack is one thing that is missing.
type Lack struct {
	What  string           `json:"what"`
	N     int              `json:"n,omitempty"` // works
	Works []judging.WorkID `json:"works,omitempty"`
}

// OverQuota is one quota that a unit exceeds.
type OverQuota struct {
	Category string `json:"category,omitempty"` // "": of all together
	Works    int    `json:"works"`
	Quota    int    `json:"quota"`
}

// UnitState is a unit with what came from it.
type UnitState struct {
	Unit    string    `json:"unit"`
	Listed  bool      `json:"listed"`
	Kind    string    `json:"kind,omitempty"`
	Contact string    `json:"contact,omitempty"`
	Phone   string    `json:"phone,omitempty"`
	State   string    `json:"state"`
	Late    bool      `json:"late"` // something of it came after the deadline
	Parcels int       `json:"parcels"`
	Last    time.Time `json:"last,omitzero"` // when the last came
	Works   int       `json:"works"`
	Files   int       `json:"files"`
	Quota   int       `json:"quota,omitempty"`
	Lacks   []Lack    `json:"lacks"`
	Blank   bool      `json:"blank,omitempty"` // a list without works came, and nothing else

	Quotas map[string]int `json:"quotas,omitempty"` // of single categories
	Over   []OverQuota    `json:"over,omitempty"`   // what is more than the unit may send

	works []judging.Work
}

// InboxParcel is a parcel as it stands now.
type InboxParcel struct {
	Parcel
	Late   bool `json:"late"`
	Undone bool `json:"undone"` // its works were taken back
}

// Inbox is what came, and from whom nothing did.
type Inbox struct {
	Terms   collect.Terms `json:"terms"`
	Parcels []InboxParcel `json:"parcels"` // the newest first
	Units   []UnitState   `json:"units"`   // by state, then by name
	Lists   bool          `json:"lists"`   // a list of units was imported: it is known who is missing
}

// Count counts the units of a state.
func (b Inbox) Count(state string) int {
	n := 0
	for _, u := range b.Units {
		if u.State == state {
			n++
		}
	}
	return n
}

// Inbox lists parcels and units.
func (o Stage) Inbox(ctx context.Context) (Inbox, error) {
	return records.View(ctx, o.rec.DB, loadInbox)
}

func loadInbox(tx store.Tx) (Inbox, error) {
	b := Inbox{Parcels: []InboxParcel{}, Units: []UnitState{}}
	var err error
	if b.Terms, err = loadTerms(tx); err != nil {
		return b, err
	}
	live, err := records.LoadLive(tx)
	if err != nil {
		return b, err
	}
	err = parcels.Each(tx, func(p Parcel) error {
		b.Parcels = append(b.Parcels, InboxParcel{
			Parcel: p, Late: late(p.At, b.Terms.Deadline), Undone: p.undone(live),
		})
		return nil
	})
	if err != nil {
		return b, err
	}
	slices.SortStableFunc(b.Parcels, func(x, y InboxParcel) int { return y.At.Compare(x.At) })
	return b, b.units(tx)
}

// unitStates gathers units under the names they go by now.
type unitStates struct {
	register records.UnitRegister
	by       map[string]*UnitState
	papers   map[string][2]bool // by unit: statement, consent
}

func (s *unitStates) of(name string) *UnitState {
	listed, ok := s.register.Find(name)
	if ok {
		name = s.register.Now(listed)
	}
	u := s.by[name]
	if u == nil {
		u = &UnitState{Unit: name, Listed: ok, Kind: listed.Kind, Contact: listed.Contact, Phone: listed.Phone,
			Quota: listed.Quota, Quotas: listed.Quotas, Lacks: []Lack{}}
		s.by[name] = u
	}
	return u
}

// units says of each unit how far it is.
func (b *Inbox) units(tx store.Tx) error {
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return err
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return err
	}
	b.Lists = register.Some()
	s := &unitStates{register, map[string]*UnitState{}, map[string][2]bool{}}
	for _, name := range register.Names() {
		s.of(name)
	}
	for _, p := range b.Parcels {
		if p.Unit == "" || p.Dropped || p.Undone {
			continue
		}
		u := s.of(p.Unit)
		if u.Blank = u.Blank || p.Blank; p.Blank {
			continue
		}
		u.Parcels++
		u.Late = u.Late || p.Late
		if p.At.After(u.Last) {
			u.Last = p.At
		}
		seen := s.papers[u.Unit]
		s.papers[u.Unit] = [2]bool{seen[0] || p.Statement, seen[1] || p.Consent}
	}
	err = records.EachWork(tx, func(w judging.Work) error {
		if w.Body() != "" && w.Status != judging.Withdrawn && w.Status != judging.Rejected {
			u := s.of(w.Body())
			u.Works++
			u.Files += len(w.Files)
			u.works = append(u.works, w)
		}
		return nil
	})
	for _, u := range s.by {
		u.judge(rules, s.papers[u.Unit])
		b.Units = append(b.Units, *u)
	}
	slices.SortFunc(b.Units, func(x, y UnitState) int {
		return cmp.Or(cmp.Compare(slices.Index(States, x.State), slices.Index(States, y.State)),
			cmp.Compare(x.Unit, y.Unit))
	})
	return err
}

// judge says what is missing of a unit and how far it is.
func (u *UnitState) judge(rules judging.Rules, papers [2]bool) {
	u.Blank = u.Blank && u.Parcels+u.Works == 0
	u.Over = u.over(rules)
	bare := Lack{What: LackFiles}
	minor := 0
	for _, w := range u.works {
		if collect.Bare(w) {
			bare.N++
			bare.Works = append(bare.Works, w.ID)
		}
		if rules.Minor(w.Group) {
			minor++
		}
	}
	switch {
	case u.Works == 0 && u.Parcels == 0:
		u.State = Nothing
		return
	case u.Works == 0:
		u.Lacks = append(u.Lacks, Lack{What: LackWorks})
	}
	if bare.N > 0 {
		u.Lacks = append(u.Lacks, bare)
	}
	if !papers[0] && u.Works > 0 {
		u.Lacks = append(u.Lacks, Lack{What: LackStatement})
	}
	if !papers[1] && minor > 0 {
		u.Lacks = append(u.Lacks, Lack{What: LackConsent, N: minor})
	}
	switch {
	case len(u.Over) > 0:
		u.State = Over
	case len(u.Lacks) > 0:
		u.State = Lacking
	default:
		u.State = Complete
	}
}

// over lists the quotas that a unit exceeds: of all its works, then by category in the order of the rules.
func (u *UnitState) over(rules judging.Rules) []OverQuota {
	var out []OverQuota
	if u.Quota > 0 && u.Works > u.Quota {
		out = append(out, OverQuota{Works: u.Works, Quota: u.Quota})
	}
	for _, c := range rules.Categories {
		n := 0
		for _, w := range u.works {
			if w.Category == c.Name {
				n++
			}
		}
		if most := u.Quotas[c.Name]; most > 0 && n > most {
			out = append(out, OverQuota{c.Name, n, most})
		}
	}
	return out
}
