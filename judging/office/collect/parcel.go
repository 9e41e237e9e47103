package collect

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/office/correction"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/field"
	"fayi/judging/store"
)

// How sure it is from whom a parcel came.
const (
	FromRequest = "said"   // somebody said so
	FromList    = "listed" // what came names a unit of the list, or another name by which that goes
	FromSheet   = "named"  // what came names a unit; no list does
	FromNobody  = "nobody" // it names none, or several
)

// Parcel 来件 is what a unit sent at once: a folder, an archive, a workbook.
type Parcel struct {
	ID      string           `json:"id"` // "p001"
	Unit    string           `json:"unit"`
	Sure    string           `json:"sure"`              // one of the words above
	Like    string           `json:"like,omitempty"`    // the unit of the list that Unit may mean
	Kind    string           `json:"kind,omitempty"`    // why, as correction.Likeness has it
	At      time.Time        `json:"at"`                // when it came
	By      string           `json:"by,omitempty"`      // who took it in
	Sources []string         `json:"sources"`           // names of the files, without folders
	Intake  judging.IntakeID `json:"intake,omitempty"`  // "" where it brought nothing new
	Again   string           `json:"again,omitempty"`   // the parcel of the same unit before
	Dropped bool             `json:"dropped,omitempty"` // somebody said that it does not count

	judging.RowTally
	Files     intake.FileTally `json:"files"`
	Problems  int              `json:"problems"`
	Statement bool             `json:"statement"` // a statement of originality is among the files
	Consent   bool             `json:"consent"`   // a guardian's consent is
}

// TakeRequest says what came.
type TakeRequest struct {
	Sources []string
	Unit    string    // who sent it, where somebody knows; "": as what came says
	At      time.Time // when it came; zero: now
	DryRun  bool      // only say what would come of it

	// Along, where not nil, runs in the transaction that keeps the parcel.
	Along func(tx store.Tx, p Parcel) error
}

// TakeReport says what came of a parcel.
type TakeReport struct {
	Parcel Parcel              `json:"parcel"`
	Late   bool                `json:"late"`
	Import intake.ImportReport `json:"import"`
}

// TakeParcel imports what a unit sent, as ImportWorks does, and keeps that it came. What came before changes only where
// it differs. works undo-import takes the works back; the parcel is then shown as undone. Errors: as of ImportWorks,
// and Invalid for a time that is yet to come, and where nothing was in it.
func (o Stage) TakeParcel(ctx context.Context, req TakeRequest, progress func(done, total int)) (TakeReport, error) {
	now := o.rec.Now()
	if req.At.IsZero() {
		req.At = now
	}
	if req.At.After(now) {
		return TakeReport{}, judging.Fail(judging.Invalid, "call.not_yet", nil)
	}
	var report TakeReport
	settle := func(tx store.Tx, got intake.ImportReport) error {
		report.Parcel = newParcel(req, got)
		report.Parcel.By = o.rec.Actor
		if err := report.Parcel.sign(tx, got, judging.Tidy(req.Unit)); err != nil {
			return err
		}
		t, err := loadTerms(tx)
		report.Late = late(report.Parcel.At, t.Deadline)
		return err
	}
	keep := func(tx store.Tx, got intake.ImportReport) error {
		if err := settle(tx, got); err != nil {
			return err
		}
		n, err := records.Take(tx, "parcel", 1)
		if err != nil {
			return err
		}
		report.Parcel.ID = judging.Serial("p", 3, n)
		err = records.FirstError(parcels.Insert(tx, report.Parcel),
			o.rec.Log(tx, "collect.take", report.Parcel.ID, nil, taken{report.Parcel.RowTally}))
		if err != nil || req.Along == nil {
			return err
		}
		return req.Along(tx, report.Parcel)
	}
	got, err := intake.Of(o.rec).ImportWorks(
		ctx, intake.ImportRequest{Sources: req.Sources, DryRun: req.DryRun, Along: keep}, progress,
	)
	switch {
	case err != nil:
	case got.Intake == "" && len(got.Mappings)+len(got.Rows)+len(got.Loose)+len(got.Problems) == 0:
		err = judging.Fail(judging.Invalid, "call.empty_parcel", nil)
	case req.DryRun:
		err = o.rec.DB.View(ctx, func(tx store.Tx) error { return settle(tx, got) })
	case got.Intake == "": // it brought nothing new, and came all the same
		err = o.rec.Change(ctx, records.Importing, func(tx store.Tx) error { return keep(tx, got) })
	}
	report.Import = got
	return report, err
}

// taken is what the journal keeps of a parcel.
type taken struct {
	Tally judging.RowTally `json:"tally"`
}

// newParcel is what came, without who sent it.
func newParcel(req TakeRequest, got intake.ImportReport) Parcel {
	p := Parcel{
		At: req.At.UTC(), Intake: got.Intake, RowTally: got.RowTally, Files: got.Files, Sources: []string{},
		Problems: len(got.Problems),
	}
	for _, s := range req.Sources {
		p.Sources = append(p.Sources, filepath.Base(s))
	}
	for _, r := range got.Rows {
		p.Problems += len(r.Problems)
	}
	return p
}

// sign finds out from whom a parcel came, which parcel of theirs came before, and which papers lie in it.
func (p *Parcel) sign(tx store.Tx, got intake.ImportReport, said string) error {
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return err
	}
	p.Unit, p.Sure = said, FromRequest
	if said == "" {
		p.Unit, p.Sure = senderOf(got), FromSheet
	}
	if p.Unit == "" {
		p.Unit = namedIn(p.Sources, register)
	}
	listed, ok := register.Find(p.Unit)
	switch {
	case p.Unit == "":
		p.Sure = FromNobody
	case ok && said == "":
		p.Unit, p.Sure = register.Now(listed), FromList
	case ok:
		p.Unit = register.Now(listed)
	default:
		if l, unit, like := correction.MatchUnit(p.Unit, register.Names()); like {
			p.Like, p.Kind = unit, l.Kind
		}
	}
	for _, f := range got.Loose {
		p.seePaper(f.Path)
	}
	if p.Intake != "" {
		err = records.EachWorkOf(tx, p.Intake, func(w judging.Work) {
			for _, f := range w.Files {
				p.seePaper(f.Name)
			}
		})
	}
	return records.FirstError(err, parcels.Each(tx, func(before Parcel) error {
		if !before.Dropped && p.Unit != "" && before.Unit == p.Unit {
			p.Again = before.ID
		}
		return nil
	}))
}

// seePaper notes a paper by its name, as kits call them.
func (p *Parcel) seePaper(name string) {
	name = judging.Fold(name)
	p.Statement = p.Statement || strings.Contains(name, "承诺") || strings.Contains(name, "statement")
	p.Consent = p.Consent || strings.Contains(name, "同意书") || strings.Contains(name, "consent")
}

// senderOf is the unit that all lists of a parcel name as their sender; "" where they name none, or several.
func senderOf(got intake.ImportReport) string {
	var units []string
	for _, m := range got.Mappings {
		unit := m.Defaults[field.Sender]
		if unit == "" {
			unit = m.Defaults[field.Unit]
		}
		same := func(u string) bool { return judging.Fold(u) == judging.Fold(unit) }
		if unit != "" && !slices.ContainsFunc(units, same) {
			units = append(units, unit)
		}
	}
	if len(units) == 1 {
		return units[0]
	}
	return ""
}

// namedIn is the unit of the list that the names of the files hold, the longest where one is part of another.
func namedIn(files []string, register records.UnitRegister) string {
	found := ""
	for _, unit := range register.Names() {
		for _, f := range files {
			if strings.Contains(judging.Fold(f), judging.Fold(unit)) && len(unit) > len(found) {
				found = unit
			}
		}
	}
	return found
}

// late reports whether a moment is after the last day.
func late(at time.Time, deadline string) bool {
	return deadline != "" && at.Local().Format(time.DateOnly) > deadline
}

// ParcelChange puts right what is kept of a parcel.
type ParcelChange struct {
	ID   string
	Unit string // who sent it; "" leaves it
	Drop bool   // it is no parcel: the works that it brought stay
	Keep bool   // it is one after all
}

// CorrectParcel says from whom a parcel came, or that it does not count. No work changes. Errors: NotFound, Invalid
// where nothing is said.
func (o Stage) CorrectParcel(ctx context.Context, c ParcelChange) (Parcel, error) {
	var now Parcel
	if c.Unit = judging.Tidy(c.Unit); c.Unit == "" && !c.Drop && !c.Keep {
		return now, judging.Fail(judging.Invalid, "call.nothing", nil)
	}
	return now, o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		was, err := parcels.Get(tx, c.ID)
		if err != nil {
			return noParcel(err, c.ID)
		}
		register, err := records.LoadUnitRegister(tx)
		if err != nil {
			return err
		}
		now = was
		if c.Unit != "" {
			now.Unit, now.Sure, now.Like, now.Kind = c.Unit, FromRequest, "", ""
			if listed, ok := register.Find(c.Unit); ok {
				now.Unit = register.Now(listed)
			}
		}
		now.Dropped = c.Drop || was.Dropped && !c.Keep
		type said struct {
			Unit    string `json:"unit"`
			Dropped bool   `json:"dropped"`
		}
		return records.FirstError(parcels.Put(tx, now), o.rec.Log(tx, "collect.correct", c.ID,
			said{was.Unit, was.Dropped}, said{now.Unit, now.Dropped}))
	})
}

// noParcel says in words that there is no such parcel.
func noParcel(err error, id string) error {
	if e, ok := err.(*judging.Error); ok && e.Code == judging.NotFound {
		return judging.Fail(judging.NotFound, "call.no_parcel", judging.Args{"ID": id})
	}
	return err
}
