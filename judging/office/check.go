package office

import (
	"context"
	"errors"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/filelist"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/office/packets"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// CheckReport says whether everything stored is whole.
type CheckReport struct {
	OK             bool          `json:"ok"`
	Store          string        `json:"store"`           // "ok", or what is wrong
	Altered        []store.Place `json:"altered_records"` // records that are not as they were written
	JournalEntries int           `json:"journal_entries"`
	JournalOK      bool          `json:"journal_ok"`
	Vouched        int           `json:"vouched_records"`  // records that are what the journal says
	Disputed       []string      `json:"disputed_records"` // that are not, or that the journal never named
	Gone           []string      `json:"gone_records"`     // that the journal says are there
	WrongTotals    []string      `json:"wrong_totals"`     // scores whose marks do not make their total
	WrongTallies   []string      `json:"wrong_tallies"`    // running counts that a recount does not give
	Replies        int           `json:"replies"`          // of packets, kept as they were signed
	Blobs          int           `json:"blobs"`
	BlobsMissing   []string      `json:"blobs_missing"`
	BlobsCorrupt   []string      `json:"blobs_corrupt"`
	Found          []Finding     `json:"found"`             // when the contest was opened, now and before
	Mark           string        `json:"mark"`              // where the journal stands, as papers print it
	Against        *Compared     `json:"against,omitempty"` // with what it was compared
	Continues      bool          `json:"continues"`         // the journal goes on from it, or none was asked about
	Backup         string        `json:"backup,omitempty"`  // when something is wrong, the newest copy that is whole
}

// CheckContest reads the whole contest: the store's own structure and each of its records, the journal's chain and
// what it says of scores, plans and awards, and each file of each work and its copy for judges against its hash. With
// against, the mark of a paper ("128-3fa9c01b") or the path of a backup, an archive, a packet or a reply, the journal
// must go on from there; what a phrase opens is opened by that of ctx (WithPhrase). What is wrong is in the report.
// Errors: Invalid for what is no mark, or a file without one; Forbidden for a file that nothing opens; Corrupt for one
// that is damaged; Unavailable when something could not be read, and then nothing is known.
func (o *Office) CheckContest(
	ctx context.Context, against string, progress func(done, total int),
) (CheckReport, error) {
	r := CheckReport{
		Store: "ok", JournalOK: true, Altered: []store.Place{}, Disputed: []string{}, Gone: []string{},
		WrongTotals: []string{}, WrongTallies: []string{}, BlobsMissing: []string{}, BlobsCorrupt: []string{},
		Found: []Finding{}, Continues: true,
	}
	var err error
	if r.Against, err = o.readAgainst(ctx, against); err != nil {
		return r, err
	}
	if err := r.readStore(ctx, o.rec.DB); err != nil {
		return r, err
	}
	for _, read := range []func(store.Tx) error{
		r.chain, r.compare, r.testimony, r.totals, r.tallies,
	} {
		if err := o.rec.DB.View(ctx, read); r.took(err) != nil {
			return r, err
		}
	}
	if wrong, err := o.pointsWrong(ctx); err != nil {
		return r, err
	} else if wrong {
		r.WrongTallies = append(r.WrongTallies, wrongPoints)
	}
	if len(r.WrongTallies) > 0 && !o.ReadOnly() { // they are counted again at the next opening
		if err := tally.Distrust(ctx, o.rec.DB); err != nil {
			return r, err
		}
	}
	r.opened(o)
	if err := r.replies(ctx, o); err != nil {
		return r, err
	}
	if err := r.readFiles(ctx, o, progress); err != nil {
		return r, err
	}
	r.OK = r.Store == "ok" && r.JournalOK && r.Continues && len(o.rec.Found) == 0 &&
		len(r.Altered)+len(r.Disputed)+len(r.Gone)+len(r.WrongTotals)+len(r.WrongTallies)+
			len(r.BlobsMissing)+len(r.BlobsCorrupt) == 0
	if !r.OK {
		r.Backup, err = o.wholeBackup(ctx)
	}
	return r, err
}

// took notes damage in the report, and returns any other error.
func (r *CheckReport) took(err error) error {
	if judging.CodeOf(err) != judging.Corrupt {
		return err
	}
	if r.Store == "ok" {
		r.Store = err.Error()
	}
	return nil
}

func (r *CheckReport) readStore(ctx context.Context, db store.DB) error {
	if a, ok := db.(store.Auditor); ok {
		places, _, err := a.Altered(ctx)
		if r.took(err) != nil {
			return err
		}
		r.Altered = append(r.Altered, places...)
	}
	if c, ok := db.(store.Checker); ok {
		return r.took(c.Check(ctx))
	}
	return nil
}

// chain walks the journal; the last entry must be the one the counter names, so that cutting off the end is seen too.
func (r *CheckReport) chain(tx store.Tx) error {
	var prev judging.Entry
	r.JournalEntries, r.JournalOK, r.Found = 0, true, []Finding{}
	err := records.Journal.Each(tx, func(e judging.Entry) error {
		r.JournalOK = r.JournalOK && e.Follows(prev)
		r.JournalEntries++
		if f, is := findingOf(e); is {
			r.Found = append(r.Found, f)
		}
		prev = e
		return nil
	})
	if err != nil {
		r.JournalOK = false
		return err
	}
	n, err := records.Last(tx, "journal")
	r.JournalOK = r.JournalOK && n == r.JournalEntries
	if err != nil || !r.JournalOK {
		return err
	}
	state, err := records.StateOf(tx)
	r.Mark = state.Mark()
	return err
}

func (r *CheckReport) testimony(tx store.Tx) error {
	t, err := records.Testify(tx)
	if err == nil {
		r.Vouched, r.Disputed, r.Gone = t.Named, t.Altered, t.Gone
	}
	return err
}

// tallies compares the running counts with a recount.
func (r *CheckReport) tallies(tx store.Tx) (err error) {
	r.WrongTallies, err = tally.Differences(tx)
	return err
}

// totals compares each score that counts with its marks.
func (r *CheckReport) totals(tx store.Tx) error {
	r.WrongTotals = []string{}
	rules, err := records.RuleSheet(tx)
	if err != nil && judging.CodeOf(err) != judging.NotFound {
		return err
	}
	return records.Scores.Each(tx, func(s judging.Score) error {
		b := s.Now()
		if b.State != judging.Scored || len(b.Marks) == 0 {
			return nil
		}
		total, err := totalOf(tx, rules, s)
		if judging.Exact(total) != judging.Exact(b.Total) {
			r.WrongTotals = append(r.WrongTotals, records.ScoreID(&s))
		}
		return err
	})
}

// totalOf is what the marks of a score make. Only where a criterion does not apply it takes the rubric to know.
func totalOf(tx store.Tx, rules judging.Rules, s judging.Score) (float64, error) {
	var sum judging.Points
	whole := true
	for _, v := range s.Now().Marks {
		sum, whole = sum+judging.Exact(v), whole && terms.Applies(v)
	}
	if whole {
		return sum.Float(), nil
	}
	w, err := records.LoadWork(tx, s.Work)
	return rules.In(s.Round).RubricOf(w.Category).Sum(s.Now().Marks).Total(), err
}

// replies compares the scores that came in packets with the replies that their judges signed, and the journal with
// where it stood when their packets were made.
func (r *CheckReport) replies(ctx context.Context, o *Office) error {
	n, disputed, err := packets.Verify(ctx, o.rec)
	if r.took(err) != nil {
		return err
	}
	r.Replies = n
	for _, name := range disputed {
		if !slices.Contains(r.Disputed, name) {
			r.Disputed = append(r.Disputed, name)
		}
	}
	return nil
}

func (r *CheckReport) readFiles(ctx context.Context, o *Office, progress func(done, total int)) error {
	sums, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]string, error) {
		return filelist.Kept(tx, o.rec.Blobs.Has)
	})
	if r.took(err) != nil {
		return err
	}
	r.Blobs = len(sums)
	for i, sum := range sums {
		switch err := o.rec.Blobs.Check(ctx, sum); {
		case err == nil:
		case errors.Is(err, judging.ErrNotFound):
			r.BlobsMissing = append(r.BlobsMissing, sum)
		case judging.CodeOf(err) == judging.Corrupt:
			r.BlobsCorrupt = append(r.BlobsCorrupt, sum)
		default:
			return err
		}
		if progress != nil {
			progress(i+1, len(sums))
		}
	}
	return nil
}

// wholeBackup returns the newest copy of the database in which nothing is altered, "" for no such copy.
func (o *Office) wholeBackup(ctx context.Context) (string, error) {
	if o.rec.OpenCopy == nil {
		return "", nil
	}
	all, err := o.rec.Backups(ctx)
	if err != nil {
		return "", err
	}
	for _, b := range all {
		switch whole, err := o.wholeCopy(ctx, b.Path); {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case err == nil && whole:
			return b.Path, nil
		}
	}
	return "", nil
}

func (o *Office) wholeCopy(ctx context.Context, path string) (bool, error) {
	db, err := o.rec.OpenCopy(path, "")
	if err != nil {
		return false, err
	}
	defer db.Close()
	r := CheckReport{Store: "ok"}
	if err := r.readStore(ctx, db); err != nil {
		return false, err
	}
	for _, read := range []func(store.Tx) error{
		r.chain, r.testimony, r.totals,
	} {
		if err := db.View(ctx, read); err != nil {
			return false, err
		}
	}
	return r.Store == "ok" && r.JournalOK && len(r.Disputed)+len(r.Gone)+len(r.WrongTotals) == 0, nil
}
