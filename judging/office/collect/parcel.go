package collect

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/arrival"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/propose"
	"fayi/judging/store"
)

// Parcel 来件 is what a unit sent at once: a folder, an archive, a workbook.
type Parcel struct {
	ID   string `json:"id"` // "p001"
	Unit string `json:"unit"`
	Sure string `json:"sure"`           // one of the words above
	Like string `json:"like,omitempty"` // the unit of the list that Unit may mean
	Kind string `json:"kind,omitempty"` // why, as correction.Likeness has it
	// 0 to 1: how sure it is that Unit is the one of the list, or Like where there is one; below Certain a person
	// decides
	Confidence float64 `json:"confidence"`

	At      time.Time        `json:"at"`                // when it came
	By      string           `json:"by,omitempty"`      // who took it in
	Sources []string         `json:"sources"`           // names of the files, without folders
	Intake  judging.IntakeID `json:"intake,omitempty"`  // "" where it brought nothing new
	Again   string           `json:"again,omitempty"`   // the parcel of the same unit before
	Dropped bool             `json:"dropped,omitempty"` // somebody said that it does not count
	Blank   bool             `json:"blank,omitempty"`   // a list without a work, and nothing else: nothing was sent
	Sum     string           `json:"sum,omitempty"`     // of its contents, as arrival.Sum has it
	Copies  int              `json:"copies,omitempty"`  // how often the same came once more
	Copied  time.Time        `json:"copied,omitzero"`   // when it last did

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
	Unsure  bool      // take it although it is not certain from whom it is

	// Along, where not nil, runs in the transaction that keeps the parcel, or notes that it came again.
	Along func(tx store.Tx, p Parcel) error
}

// TakeReport says what came of a parcel.
type TakeReport struct {
	Parcel Parcel              `json:"parcel"`
	Late   bool                `json:"late"`
	Same   string              `json:"same,omitempty"`   // the parcel that this is once more: nothing was imported
	Asks   bool                `json:"asks"`             // it is not certain from whom it is: somebody must say
	Twin   string              `json:"twin,omitempty"`   // another unit that sent the very same
	Others []string            `json:"others,omitempty"` // senders that it names besides the one it is taken for
	Import intake.ImportReport `json:"import"`
}

// TakeParcel imports what a unit sent, as ImportWorks does, and keeps that it came. What came before changes only where
// it differs; the very same once more is recognised and imports nothing. Rows that name no sender get req.Unit where
// somebody says it. works undo-import takes the works back; the parcel is then shown as undone. Errors: as of
// ImportWorks; Invalid for a time that is yet to come, where nothing was in it, and where it is not certain which unit
// of the list sent it, unless req.Unsure: nothing is written then.
func (o Stage) TakeParcel(ctx context.Context, req TakeRequest, progress func(done, total int)) (TakeReport, error) {
	now := o.rec.Now()
	if req.At.IsZero() {
		req.At = now
	}
	if req.At.After(now) {
		return TakeReport{}, judging.Fail(judging.Invalid, "call.not_yet", nil)
	}
	if req.Unit = judging.Tidy(req.Unit); len(req.Sources) == 0 {
		return TakeReport{}, judging.Fail(judging.Invalid, "call.empty_parcel", nil)
	}
	t := taking{o: o, req: req}
	var err error
	if t.sum, err = sumOf(ctx, req.Sources); err != nil {
		return t.report, err
	}
	if same, err := t.cameBefore(ctx); same || err != nil {
		return t.report, err
	}
	in := intake.ImportRequest{Sources: req.Sources, DryRun: req.DryRun, Along: t.keep}
	if in.Fill, in.Deadline, err = t.fill(ctx); err != nil {
		return t.report, err
	}
	got, err := intake.Of(o.rec).ImportWorks(ctx, in, progress)
	switch {
	case err != nil:
	case got.Intake == "" && len(got.Mappings)+len(got.Sheets)+len(got.Loose)+len(got.Problems) == 0:
		err = judging.Fail(judging.Invalid, "call.empty_parcel", nil)
	case req.DryRun:
		err = o.rec.DB.View(ctx, func(tx store.Tx) error { return t.settle(tx, got) })
	case got.Intake == "": // it brought nothing new, and came all the same
		err = o.rec.Change(ctx, records.Importing, func(tx store.Tx) error { return t.keep(tx, got) })
	}
	t.report.Import = got
	return t.report, err
}

// fill gives rows the unit that somebody says sent them, else those of which nothing speaks the one that the name of a
// file does. deadline is that of the call.
func (t *taking) fill(ctx context.Context) (c propose.Choices, deadline string, err error) {
	unit := t.req.Unit
	err = t.o.rec.DB.View(ctx, func(tx store.Tx) error {
		register, err := records.LoadUnitRegister(tx)
		if unit == "" {
			unit = namedIn(t.names(), register)
		} else if listed, ok := register.Find(unit); ok {
			unit = register.Now(listed)
		}
		if err != nil {
			return err
		}
		terms, err := loadTerms(tx)
		deadline = terms.Deadline
		return err
	})
	if unit == "" || err != nil {
		return nil, deadline, err
	}
	rest := t.req.Unit == ""
	return propose.Choices{
		{Field: propose.Unit, Value: unit, Rest: rest}, {Field: propose.Sender, Value: unit, Rest: rest},
	}, deadline, nil
}

func (t *taking) names() []string {
	var out []string
	for _, s := range t.req.Sources {
		out = append(out, filepath.Base(s))
	}
	return out
}

// sumOf is the sum of what came; "" where it can't be read, of which the import says more.
func sumOf(ctx context.Context, sources []string) (string, error) {
	sum, err := arrival.Sum(ctx, sources)
	if err != nil && judging.CodeOf(err) != judging.Invalid && ctx.Err() == nil {
		return "", nil
	}
	return sum, err
}

// taking is one parcel on its way in.
type taking struct {
	o      Stage
	req    TakeRequest
	sum    string
	report TakeReport
}

// cameBefore recognises what came before as it is, and notes that it came again.
func (t *taking) cameBefore(ctx context.Context) (bool, error) {
	if t.sum == "" {
		return false, nil
	}
	find := func(tx store.Tx) (Parcel, bool, error) {
		register, err := records.LoadUnitRegister(tx)
		if err != nil {
			return Parcel{}, false, err
		}
		said := t.req.Unit
		if listed, ok := register.Find(said); ok {
			said = register.Now(listed)
		}
		had, err := arrived(tx, func(p InboxParcel) bool {
			return p.Sum == t.sum && (said == "" || judging.Fold(p.Unit) == judging.Fold(said))
		})
		if err != nil || len(had) == 0 {
			return Parcel{}, false, err
		}
		return had[len(had)-1].Parcel, true, nil
	}
	var same bool
	look := func(tx store.Tx) (err error) {
		t.report.Parcel, same, err = find(tx)
		if same {
			t.report.Same = t.report.Parcel.ID
		}
		return err
	}
	if err := t.o.rec.DB.View(ctx, look); err != nil || !same || t.req.DryRun {
		return same, err
	}
	return same, t.o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
		if err := look(tx); err != nil || !same {
			return err
		}
		return t.again(tx, t.report.Parcel)
	})
}

// again notes that a parcel came once more.
func (t *taking) again(tx store.Tx, p Parcel) error {
	p.Copies++
	p.Copied = t.req.At.UTC()
	t.report.Parcel, t.report.Same = p, p.ID
	err := records.FirstError(parcels.Put(tx, p), t.o.rec.Log(tx, "collect.again", p.ID, nil, p.Copies))
	return t.along(tx, p, err)
}

// settle says what came and from whom.
func (t *taking) settle(tx store.Tx, got intake.ImportReport) error {
	t.report = TakeReport{Parcel: newParcel(t.req, got)}
	p := &t.report.Parcel
	p.By, p.Sum = t.o.rec.Actor, t.sum
	if err := p.sign(tx, got, t.req.Unit); err != nil {
		return err
	}
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return err
	}
	t.report.Asks = register.Some() && p.Confidence < Certain
	t.report.Others = others(p.Unit, got, register)
	twins, err := arrived(tx, func(had InboxParcel) bool { return t.sum != "" && had.Sum == t.sum })
	if err != nil {
		return err
	}
	for _, had := range twins {
		if had.Unit != p.Unit {
			t.report.Twin = had.Unit
		}
	}
	terms, err := loadTerms(tx)
	t.report.Late = late(p.At, terms.Deadline)
	return err
}

// keep writes a parcel. It may run twice.
func (t *taking) keep(tx store.Tx, got intake.ImportReport) error {
	if err := t.settle(tx, got); err != nil {
		return err
	}
	p := &t.report.Parcel
	if t.report.Asks && !t.req.Unsure {
		key := "call.ask_unit"
		if p.Like != "" {
			key = "call.ask_like"
		}
		return judging.Fail(judging.Invalid, key, judging.Args{
			"Unit": p.Unit, "Like": p.Like, "Percent": p.Percent(),
		})
	}
	if p.Again != "" {
		had, err := parcels.Get(tx, p.Again)
		if err != nil {
			return err
		}
		if p.nothingNew(had, got) {
			return t.again(tx, had)
		}
	}
	n, err := records.Take(tx, "parcel", 1)
	if err != nil {
		return err
	}
	p.ID = judging.Serial("p", 3, n)
	err = records.FirstError(parcels.Insert(tx, *p),
		t.o.rec.Log(tx, "collect.take", p.ID, nil, taken{p.RowTally}))
	return t.along(tx, *p, err)
}

// along does what goes along with a parcel that was kept.
func (t *taking) along(tx store.Tx, p Parcel, err error) error {
	if err != nil || t.req.Along == nil {
		return err
	}
	return t.req.Along(tx, p)
}

// nothingNew reports whether a parcel holds works that all came before as they are, and nothing else.
func (p Parcel) nothingNew(had Parcel, got intake.ImportReport) bool {
	return p.Intake == "" && !p.Blank && p.Accepted+p.Changed+p.Rejected == 0 && p.Unchanged > 0 &&
		got.Files.Attached == 0 && len(got.Loose) == 0 && (had.Statement || !p.Statement) &&
		(had.Consent || !p.Consent)
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
	rows := p.Accepted + p.Unchanged + p.Changed + p.Rejected
	p.Blank = rows == 0 && p.Files.Came() == 0 && len(got.Loose) == 0
	return p
}

// sign finds out from whom a parcel came, which parcel of theirs came before, and which papers lie in it.
func (p *Parcel) sign(tx store.Tx, got intake.ImportReport, said string) error {
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return err
	}
	p.recognise(register, got, said)
	for _, f := range slices.Concat(got.Loose, got.Copies) { // what another unit sent as well is theirs all the same
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
			now.Unit, now.Sure, now.Like, now.Kind, now.Confidence = c.Unit, FromRequest, "", "", 1
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
