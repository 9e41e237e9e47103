package exhibition

import (
	"context"
	"time"

	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// Request says what is shown and where it is written to.
type Request struct {
	Out string // the folder of an exhibition, which must be new; the PDF of an album
	// Agreed: the organiser has the consents on paper, of works of which nothing is known. Refused stays refused.
	Agreed bool
	Media  bool   // sound and film themselves go along, in an exhibition
	Left   string // a workbook that lists what is left out; "" for none
	Lang   string // of the pages, "en"; "": Chinese
}

// Trouble is something of a work that could not be shown.
type Trouble struct {
	Work  judging.WorkID `json:"work"`
	Title string         `json:"title"`
	File  int            `json:"file,omitempty"` // from 1; 0 is the work as a whole
	Text  string         `json:"key"`            // of the catalogue
	Args  judging.Args   `json:"args,omitempty"`
}

// Report says what was shown and what was not. Shown and Left together are all awarded works.
type Report struct {
	Path     string      `json:"path"`
	Shown    int         `json:"shown"`
	Pictures int         `json:"pictures"`
	Pages    int         `json:"pages,omitempty"` // of an album
	Bytes    int64       `json:"bytes"`
	Left     []Candidate `json:"left"` // without consent
	LeftFile string      `json:"left_file,omitempty"`
	Troubles []Trouble   `json:"troubles"`
	// characters that the type lacks, in an album
	Characters string `json:"characters,omitempty"`

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"`
}

// book is all that is shown, as of one moment.
type book struct {
	contest    judging.Contest
	rules      judging.Rules
	notice     *judging.Notice
	state      records.State
	open       []records.Point
	works      []entry
	candidates []Candidate // parallel to works
}

// entry is one awarded work: its award as the public sees it, and the work as it is.
type entry struct {
	award awards.Award
	work  judging.Work
	hides bool // it is a child's, whose name the rules hide
}

// gather reads the awarded works. Errors: as of Candidates; Closed where there are none.
func (o Stage) gather(ctx context.Context) (book, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (b book, err error) {
		if b.open, b.notice, err = final(ctx, o.rec, tx); err != nil {
			return b, err
		}
		if b.contest, err = records.LoadContest(tx); err != nil {
			return b, err
		}
		if b.rules, err = records.RuleSheet(tx); err != nil {
			return b, err
		}
		if b.state, err = records.StateOf(tx); err != nil {
			return b, err
		}
		agreed, err := consentsOf(tx, b.rules)
		if err != nil {
			return b, err
		}
		won, err := awards.ListWinners(ctx, tx)
		if err == nil && len(won) == 0 {
			err = judging.Fail(judging.Closed, "awards.none", nil)
		}
		for _, a := range won {
			w, err := records.LoadWork(tx, a.Work)
			if err != nil {
				return b, err
			}
			minor := b.rules.Minor(w.Group)
			hides := minor && b.rules.Minors != terms.Whole && b.rules.Minors != ""
			b.works = append(b.works, entry{awards.Public(b.rules, a, w), w, hides})
			b.candidates = append(b.candidates, Candidate{Work: w.ID, Code: w.Code, Award: a.Honours(), Title: w.Title,
				Authors: w.Authors, Unit: w.Body(), Minor: minor, Consent: agreed.of(w)})
		}
		return b, err
	})
}

// part parts the works into those that are shown and those that are left out. Errors: Closed where none may be shown.
func (b *book) part(req Request) (left []Candidate, err error) {
	left = []Candidate{}
	var shown []entry
	for i, c := range b.candidates {
		if c.Consent == Given || c.Consent == Unknown && req.Agreed {
			shown = append(shown, b.works[i])
		} else {
			left = append(left, c)
		}
	}
	if b.works = shown; len(shown) == 0 {
		err = judging.Fail(judging.Closed, "exhibition.no_consent", judging.Args{"N": len(left)})
	}
	return left, err
}

// date writes the day as papers in a language do.
func (b *book) date(words paper.Words) string {
	d := b.day()
	return words("call.day", judging.Args{"Year": d.Year(), "Month": int(d.Month()), "Day": d.Day()})
}

// day is the last day of the notice: the day that papers carry whenever they are made.
func (b *book) day() time.Time {
	t, err := time.Parse(time.DateOnly, b.notice.Until)
	if err != nil {
		return b.notice.Closed
	}
	return t
}
