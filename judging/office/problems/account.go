package problems

import (
	"cmp"
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/ledger"
	"fayi/judging/store"
)

// Account is what an intake made of its sheets.
type Account struct {
	judging.Intake
	Sheets ledger.Accounts `json:"sheets"` // in the order of reading; none of intakes of earlier versions
}

// Account tells what became of the rows of every sheet that an intake read. Errors: NotFound.
func (o Stage) Account(ctx context.Context, id judging.IntakeID) (Account, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Account, error) {
		out := Account{Sheets: ledger.Accounts{}}
		var found bool
		err := records.Intakes.Each(tx, func(i judging.Intake) error {
			if i.ID == id && i.State != judging.Pending {
				out.Intake, found = i, true
				return store.ErrStop
			}
			return nil
		})
		if err == nil && !found {
			err = judging.Fail(judging.NotFound, "import.no_intake", judging.Args{"Intake": string(id)})
		}
		if err != nil {
			return out, err
		}
		ids, err := records.SheetAccounts.IDsBy(tx, "intake", string(id))
		slices.Sort(ids)
		for _, id := range ids {
			a, err := records.SheetAccounts.Get(tx, id)
			if err != nil {
				return out, err
			}
			out.Sheets = append(out.Sheets, a.Account)
		}
		return out, err
	})
}

// LineEnd is what became of one row.
type LineEnd string

// The ends of rows: of Account.Taken, Account.Refused and Account.Noted.
const (
	LineTaken   LineEnd = "taken"
	LineRefused LineEnd = "refused"
	LineNoted   LineEnd = "noted"
)

// Line is one row of a sheet with what became of it. Row 0 stands for a problem of the sheet as a whole.
type Line struct {
	Row      int               `json:"row"`
	End      LineEnd           `json:"end"`
	Kind     ledger.Kind       `json:"kind,omitempty"`     // of a note
	Work     judging.WorkID    `json:"work,omitempty"`     // as it stands now
	Title    string            `json:"title,omitempty"`    // of the work
	Authors  []string          `json:"authors,omitempty"`  //
	Problems []judging.Problem `json:"problems,omitempty"` // that are open still
	Bad      string            `json:"bad,omitempty"`      // by which its problems are found, see Row.ID
	Fixed    bool              `json:"fixed,omitempty"`    // it was refused, and is a work since a person fixed it
}

// SheetLines lists what became of the rows of a sheet in an intake, by row: each work by the first of its rows, each
// problem, and the first notes of each sheet. Errors: NotFound.
func (o Stage) SheetLines(ctx context.Context, id judging.IntakeID, file, sheet string) ([]Line, error) {
	account, err := o.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Line, error) {
		l := lines{id: id, file: file, sheet: sheet, at: map[int]*Line{}}
		if l.live, err = records.LoadLive(tx); err != nil {
			return nil, err
		}
		if err := records.FirstError(l.works(tx), l.bad(tx)); err != nil {
			return nil, err
		}
		for _, a := range account.Sheets {
			if a.File != file || a.Sheet != sheet {
				continue
			}
			for _, n := range a.Notes {
				if l.at[n.Row] == nil {
					l.at[n.Row] = &Line{Row: n.Row, End: LineNoted, Kind: n.Kind}
				}
			}
		}
		out := make([]Line, 0, len(l.at))
		for _, one := range l.at {
			out = append(out, *one)
		}
		slices.SortFunc(out, func(a, b Line) int { return cmp.Compare(a.Row, b.Row) })
		return out, nil
	})
}

// lines gathers the rows of one sheet.
type lines struct {
	id          judging.IntakeID
	file, sheet string
	live        records.LiveIntakes
	at          map[int]*Line
}

func (l *lines) of(p judging.Place) bool { return p.File == l.file && p.Sheet == l.sheet }

// works finds the works that the intake read in the sheet: those it wrote, and those that an earlier one wrote from the
// same place and this one found unchanged.
func (l *lines) works(tx store.Tx) error {
	return records.Works.Each(tx, func(r records.WorkRecord) error {
		now, counts := l.live.Now(r)
		for _, v := range r.Versions {
			src := v.Work.Source
			if !counts { // the intake was undone
				now = v.Work
			}
			if !l.of(src) || v.Intake != l.id && (comesAfter(v.Intake, l.id) || l.at[src.Row] != nil) {
				continue
			}
			l.at[src.Row] = &Line{Row: src.Row, End: LineTaken, Work: now.ID, Title: now.Title, Authors: now.Authors}
		}
		return nil
	})
}

// bad adds the rows with problems: those that were refused, and works with something to be looked at.
func (l *lines) bad(tx store.Tx) error {
	return records.BadRows.By(tx, "intake", string(l.id), func(r records.BadRow) error {
		if !l.of(r.Place) {
			return nil
		}
		came := r
		r = r.Now(l.live)
		one := l.at[r.Row]
		if one == nil {
			one = &Line{Row: r.Row, End: LineTaken}
			l.at[r.Row] = one
		}
		one.Bad = r.ID
		if r.Dismissed == "" {
			one.Problems = r.Problems
		}
		if slices.ContainsFunc(came.Problems, func(p judging.Problem) bool { return p.Fatal }) {
			one.End, one.Fixed = LineRefused, came.Work == "" && r.Work != ""
		}
		return nil
	})
}
