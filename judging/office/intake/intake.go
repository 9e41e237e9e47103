package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/office/internal/identity"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/propose"
	"fayi/judging/store"
)

// ImportRequest says what to bring in. Sources are workbooks, parcels (see package parcel), folders or zips of them;
// pictures and other media found next to the workbooks are candidates for attachment, as is everything below Media.
type ImportRequest struct {
	Sources []string
	Media   []string
	Sheet   string            // read only the sheet of this name; "" reads all
	Columns map[string]string // corrections: column header or letter -> field; "" for a column to leave out
	Fill    propose.Choices   // what rows get that say nothing themselves; see table.Mapping.Proposals
	// rows of this import that agree in category, title, authors and unit are one work, those of one file only where
	// their numbers agree
	MergeSame bool
	DryRun    bool // tell what would happen, write nothing

	Leave []judging.RowStatus // rows of these kinds stay out: accepted for new ones, changed
	// when there are any, all other rows stay out; a Place without File or Sheet means each of them
	Only     []judging.Place
	Withdraw []judging.WorkID // works that are gone from their list, to be withdrawn; EveryGone means all
	Reason   string           // of the withdrawals, for the works' files
	Deadline string           // of now, 2006-01-02, to tell what a kit says that was made before; "": not compared

	// Along is done in the transaction in which the import becomes live; not in a dry run, nor where nothing changes.
	// It may run twice.
	Along func(tx store.Tx, r ImportReport) error
}

// EveryGone stands in ImportRequest.Withdraw for all works that are gone.
const EveryGone judging.WorkID = "*"

// ImportReport says what became of every row and file.
type ImportReport struct {
	Intake judging.IntakeID `json:"intake,omitempty"` // "" for a dry run, or when nothing changed
	judging.RowTally
	Rows     []RowReport       `json:"rows"`
	Alike    int               `json:"alike,omitempty"` // new rows that agree in all with another of this import
	Gone     []GoneWork        `json:"gone,omitempty"`  // of an earlier form of the same lists, and not in these
	Mappings []mapping.Mapping `json:"mappings"`
	// what became of the rows of each sheet that was read to its end
	Sheets   ledger.Accounts   `json:"sheets,omitempty"`
	Senders  []string          `json:"senders,omitempty"` // the units that parcels name as theirs
	Files    FileTally         `json:"files"`
	Loose    []LooseFile       `json:"loose,omitempty"`    // files that are not attached, and why
	Copies   []LooseFile       `json:"copies,omitempty"`   // files recognised by their bytes, and as what
	Problems []judging.Problem `json:"problems,omitempty"` // of whole files and sheets
	// works of the round that have no judges yet although a plan is published: the next adjustment gives them some
	WithoutJudges []judging.WorkID `json:"without_judges,omitempty"`
}

// RowReport is what became of one row.
type RowReport struct {
	judging.Place
	Status   judging.RowStatus    `json:"status"`
	Work     judging.WorkID       `json:"work,omitempty"`
	Title    string               `json:"title,omitempty"`
	Unit     string               `json:"-"` // of the authors, as the row says it
	Sender   string               `json:"-"` // that the row names
	Changes  []judging.WorkChange `json:"changes,omitempty"`
	Problems []judging.Problem    `json:"problems,omitempty"`
}

// ImportWorks brings works in: all that can be read, or nothing when it is interrupted or fails. Rows that are
// wrong are rejected one by one and reported with file, sheet, row and column; a source that can't be read at all
// is an error and nothing is written. Importing the same again changes nothing. Errors: Invalid for unreadable or
// hostile sources and for a named one in which no table of works is found (the report then holds its Problems),
// Unavailable for a full disk, Closed once the awards are final, Busy while another program that shares the contest
// imports, Clash when somebody changed meanwhile what it changes, ctx.Err() when cancelled.
//
// Once judges have works, a changed row is a correction like any other (see package correction), and a new one a late
// work,
// which is taken in until scoring of the first round is over; rows beyond that are rejected one by one.
func (o Stage) ImportWorks(
	ctx context.Context, req ImportRequest, progress func(done, total int),
) (ImportReport, error) {
	o.rec.Importing.Lock()
	defer o.rec.Importing.Unlock()
	if !req.DryRun {
		if err := o.rec.AutoBackup(ctx, "import"); err != nil {
			return ImportReport{}, err
		}
	}
	sources, err := openSources(ctx, req)
	if err != nil {
		return ImportReport{}, err
	}
	defer sources.close()
	in, err := o.beginIntake(ctx, req, sources)
	if err != nil {
		return ImportReport{}, err
	}
	err = in.run(ctx, sources, progress)
	in.report.bound()
	if err == nil {
		err = in.finish(ctx)
	}
	if err != nil {
		return ImportReport{
			Rows:     []RowReport{},
			Mappings: in.report.Mappings,
			Sheets:   in.report.Sheets,
			Problems: in.report.Problems,
		}, records.FirstError(err, in.abandon())
	}
	return in.report, nil
}

// intakeJob is one import under way.
type intakeJob struct {
	office   Stage
	rejected int // rows
	left     int // rows that stay out because the request says so
	given    int // entries that the reader gave
	req      ImportRequest
	rules    judging.Rules
	contest  judging.Contest
	intake   judging.Intake
	live     records.LiveIntakes
	known    *identity.Index
	kin      kin
	names    records.UnitNames // by which units go since they were made one
	stage    revisions.Progress
	scored   map[judging.WorkID]bool // works with a score in any round, once judges have had works
	fresh    freshWorks
	revised  map[judging.WorkID]revision
	options  mapping.Options
	digest   hash.Hash
	report   ImportReport
	bad      records.BadList
	written  map[judging.WorkID]bool   // works with a state of this intake in the store: whether it brought them
	arrived  int                       // files that had not come before
	cells    []Arrival                 // pictures that lie in the workbooks' cells
	cellOf   map[string]judging.WorkID // their paths -> works of their rows
}

// beginIntake checks that works may come in and, unless it is a dry run, writes the pending intake.
func (o Stage) beginIntake(ctx context.Context, req ImportRequest, s *sources) (*intakeJob, error) {
	in := &intakeJob{
		office:  o,
		req:     req,
		digest:  sha256.New(),
		revised: map[judging.WorkID]revision{},
		written: map[judging.WorkID]bool{},
		cellOf:  map[string]judging.WorkID{},
	}
	in.report.Rows, in.report.Mappings, in.report.Problems = []RowReport{}, []mapping.Mapping{}, s.skipped
	in.intake = judging.Intake{State: judging.Pending, At: o.rec.Now().UTC(), By: o.rec.Actor, Sources: s.names()}
	if req.DryRun {
		return in, o.rec.DB.View(ctx, func(tx store.Tx) error { return in.survey(ctx, tx) })
	}
	// what a full disk kept from being cleared away bears the numbers that come next
	if err := Sweep(ctx, o.rec); err != nil {
		return nil, err
	}
	return in, o.rec.In(records.Importing).Update(ctx, func(tx store.Tx) error {
		if err := o.rec.Acquire(tx, records.Numbers); err != nil {
			return err
		}
		if err := in.survey(ctx, tx); err != nil {
			return err
		}
		n, err := records.Take(tx, "intake", 1)
		if err != nil {
			return err
		}
		in.intake.ID = judging.IntakeID(judging.Serial("i", 3, n))
		return records.Intakes.Put(tx, in.intake)
	})
}

// survey reads what the intake must know of the contest. Errors: Closed when works may not come in: a dry run, which
// writes nothing, is refused alike.
func (in *intakeJob) survey(ctx context.Context, tx store.Tx) error {
	req := in.req
	var err error
	if in.contest, err = records.LoadContest(tx); err != nil {
		return err
	}
	if in.rules, err = records.LoadRules(tx); err != nil {
		return err
	}
	if err := records.MayWrite(ctx, tx, records.Importing); err != nil {
		return err
	}
	if err := in.loadStage(tx); err != nil {
		return err
	}
	if in.live, err = records.LoadLive(tx); err != nil {
		return err
	}
	if in.fresh, err = startFresh(tx); err != nil {
		return err
	}
	if in.options, err = ReadOptions(tx, req.Sheet, req.Columns); err != nil {
		return err
	}
	if in.options.Fill, err = checkFill(in.rules, req.Fill); err != nil {
		return err
	}
	in.options.Host, in.options.Contest = in.contest.Host, string(in.contest.ID)
	in.options.Call = kitmark.Of(in.rules, req.Deadline, in.office.rec.Now())
	in.known, in.kin, err = loadKin(tx, in.live, req.MergeSame)
	return err
}

// ReadOptions gathers what is known before a sheet is read: the corrections given now, and the headers corrected
// before.
func ReadOptions(tx store.Tx, only string, columns map[string]string) (mapping.Options, error) {
	opt := mapping.Options{Sheet: only, Known: map[string]mapping.Mapping{}}
	if len(columns) > 0 {
		fix := mapping.Correction{Columns: map[string]field.Field{}}
		for column, of := range columns {
			fix.Columns[column] = field.Field(of)
			if of == "" {
				fix.Columns[column] = field.Leave
			}
		}
		opt.Fixed = []mapping.Correction{fix}
	}
	return opt, records.Headers.Each(tx, func(m mapping.Mapping) error { opt.Known[m.Signature] = m; return nil })
}

func (in *intakeJob) run(ctx context.Context, s *sources, progress func(done, total int)) error {
	if err := in.readParcels(ctx, s, progress); err != nil {
		return err
	}
	if err := in.readRows(ctx, s, progress); err != nil {
		return err
	}
	if err := in.addsUp(); err != nil {
		return err
	}
	if err := in.applyCorrections(ctx, s); err != nil {
		return err
	}
	in.settleTally()
	if err := in.settleGone(ctx); err != nil {
		return err
	}
	if err := in.flush(ctx, true); err != nil {
		return err
	}
	if err := in.attach(ctx, s, progress); err != nil {
		return err
	}
	if s.notTable != "" && in.report.Files.Matched+in.report.Files.Doubtful == 0 {
		return judging.Fail(judging.Invalid, "import.nothing_read", judging.Args{"File": s.notTable})
	}
	return nil
}

// addsUp fails where an entry that was read has no end in the report: it is the program that fails then, and nothing
// is written.
func (in *intakeJob) addsUp() error {
	t := in.report.RowTally
	if lost := in.given - (t.Accepted + t.Changed + t.Unchanged + t.Rejected + in.left); lost != 0 {
		return ledger.Fault(in.intake.Sources[0], "", lost)
	}
	return nil
}

// finish makes the intake live together with the counters and the remembered headers, or drops it when it changed
// nothing.
func (in *intakeJob) finish(ctx context.Context) error {
	o := in.office
	if in.req.DryRun {
		return nil
	}
	if in.nothing() {
		if again, err := in.toldBefore(ctx); again || err != nil {
			return records.FirstError(err, in.abandon())
		}
	}
	if err := in.keepBad(ctx); err != nil {
		return err
	}
	in.intake.State, in.intake.Tally = judging.Live, in.report.RowTally
	in.intake.Digest = hex.EncodeToString(in.digest.Sum(nil))
	in.report.Intake = in.intake.ID
	return o.rec.ChangeIn(ctx, in.db(), func(tx store.Tx) error {
		if err := records.FirstError(in.stillOpen(tx), in.whole(tx), in.unmoved(tx)); err != nil {
			return err
		}
		if err := in.fresh.Save(tx); err != nil {
			return err
		}
		if err := in.rememberHeaders(tx); err != nil {
			return err
		}
		if err := records.Intakes.Put(tx, in.intake); err != nil {
			return err
		}
		if err := o.rec.Log(tx, "works.import", string(in.intake.ID), nil, in.intake); err != nil {
			return err
		}
		if err := o.rec.Release(tx, records.Numbers); err != nil {
			return err
		}
		var err error
		if in.report.WithoutJudges, err = revisions.WithoutJudges(tx); err != nil || in.req.Along == nil {
			return err
		}
		return in.req.Along(tx, in.report)
	})
}

// nothing reports whether the import changes no work and no file.
func (in *intakeJob) nothing() bool {
	return in.report.Accepted+in.report.Changed+in.report.Files.Attached+in.arrived+in.withdrawn() == 0
}

// rememberHeaders keeps mappings that someone corrected, for the next sheet with the same header.
func (in *intakeJob) rememberHeaders(tx store.Tx) error {
	if len(in.req.Columns) == 0 {
		return nil
	}
	for _, m := range in.report.Mappings {
		m.Proposals = nil // of these rows, not of the header
		if err := records.Headers.Put(tx, m); err != nil {
			return err
		}
	}
	return nil
}

// abandon takes away what was written so far. It does not use the import's context, which may be the one that was
// cancelled.
func (in *intakeJob) abandon() error {
	if in.intake.ID == "" {
		return nil
	}
	return in.office.dropIntake(context.Background(), in.intake.ID)
}
