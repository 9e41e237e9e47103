package correction

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
)

// MostCorrected is how many works one correction may touch.
const MostCorrected = 5000

// Correction asks to put fields of works right: every field of Set gets its value in each of Works, named by identity
// or code. What else the works say stays as it is.
type Correction struct {
	Works []string
	// in place of Works: all of a category, or those of one group of it
	From, Group string

	Set    map[string]string // judging.CorrectableFields -> text, names parted by "、"; "" empties a field
	Reason string            // may be empty until judges have works
	DryRun bool              // tell what would happen, write nothing
	// leave out works whose change the stage does not allow or that would be the same as another; without it one
	// such work refuses all
	Skip bool
}

// Report says what a correction did, or would do.
type Report struct {
	Act     string               `json:"act"`          // "k003"; "" where all was so already
	Of      string               `json:"of,omitempty"` // the correction that an undo took back or a redo made again
	Works   []CorrectedWork      `json:"works"`
	Same    []judging.WorkID     `json:"already"`    // works that say so already
	Refused []RefusedWork        `json:"refused"`    // works left out, of a dry run or with Skip
	Lists   []ListMove           `json:"lists"`      // that works left or came to
	Look    []judging.WorkID     `json:"look_again"` // works whose names changed: their blind copies need an eye
	Reissue []revisions.Document `json:"reissue"`    // documents that say the old
	// the contest has come so far that a reason must be given
	NeedsReason bool `json:"needs_reason"`
	Final       bool `json:"final"` // the awards are final: this makes a corrected document
}

// CorrectedWork is one work with what changed of it.
type CorrectedWork struct {
	Work    judging.WorkID       `json:"work"`
	Code    judging.WorkCode     `json:"code"`
	Title   string               `json:"title"`
	Changes []judging.WorkChange `json:"changes"`
}

// RefusedWork is one work that was left out, and why.
type RefusedWork struct {
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	Text  string           `json:"text"` // a key of the catalogue
	Args  judging.Args     `json:"args,omitempty"`
}

func newReport() Report {
	return Report{
		Works:   []CorrectedWork{},
		Same:    []judging.WorkID{},
		Refused: []RefusedWork{},
		Lists:   []ListMove{},
		Look:    []judging.WorkID{},
		Reissue: []revisions.Document{},
	}
}

// errDry ends the transaction of a dry run: what it wrote to find out is not kept.
var errDry = errors.New("correction: dry run")

// CorrectWorks puts the data of works right, all of them or none, and notes who did it, when and why. It is lawful at
// any time: a category until judges have the work, a group until it has a score (a missing one until the notice), all
// else until the awards are final, and after that what documents print, as a corrected document. Errors: Invalid for a
// value that won't do, and without a reason once judges have works; NotFound, Closed for what the stage does not allow
// any more, Clash where the work would be the same as another.
func (o Stage) CorrectWorks(ctx context.Context, c Correction) (Report, error) {
	if (len(c.Works) == 0) == (c.From == "") || len(c.Works) > MostCorrected || len(c.Set) == 0 {
		return newReport(), judging.Fail(judging.Invalid, "correct.nothing", judging.Args{"Most": MostCorrected})
	}
	return act(ctx, o.rec, deed{"works", "correct"}, c.Reason, c.DryRun, func(k *corrector) error {
		k.skip = c.Skip || c.DryRun
		works, err := k.named(c)
		if err != nil {
			return err
		}
		for _, name := range works {
			if err := k.set(name, c.Set); err != nil {
				return err
			}
		}
		return nil
	})
}

// deed is how the journal names an act.
type deed struct{ noun, verb string }

// act runs one act of correcting in a transaction and keeps it in the journal as a deed.
func act(
	ctx context.Context, rec *records.Records, what deed, reason string, dry bool, do func(*corrector) error,
) (Report, error) {
	report := newReport()
	rec.Importing.Lock() // an import of this program numbers works in memory
	defer rec.Importing.Unlock()
	err := rec.Change(ctx, records.Correcting, func(tx store.Tx) error {
		k, err := begin(rec, tx, judging.Tidy(reason))
		if err != nil {
			return err
		}
		if !dry && k.act.Reason == "" && k.stage.NeedsReason() {
			return judging.Fail(judging.Invalid, "works.needs_reason", nil)
		}
		if err := do(k); err != nil {
			return err
		}
		if report, err = k.finish(what); err == nil && dry {
			report.Act = ""
			err = errDry
		}
		return err
	})
	if errors.Is(err, errDry) {
		return report, nil
	}
	if err != nil {
		return newReport(), err
	}
	return report, nil
}
