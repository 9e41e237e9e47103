package intake

import (
	"context"
	"path"
	"slices"

	"fayi/judging"
	"fayi/judging/parcel"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/table"
)

// readParcels takes in the works of parcels, each with the files that its unit gave it. A parcel that is not whole
// fails the import.
func (in *intakeJob) readParcels(ctx context.Context, s *sources, progress func(done, total int)) error {
	if s.inbox.Empty() {
		return nil
	}
	s.inbox.Until = in.options.Call.Until
	read := 0
	parcels, told, err := s.inbox.Parcels(ctx, in.contest, in.rules, func() {
		if read++; progress != nil {
			progress(read, 0)
		}
	})
	if err != nil {
		return err
	}
	in.report.Problems = append(in.report.Problems, told...)
	for _, p := range parcels {
		in.intake.Sources = append(in.intake.Sources, p.Label)
		account := ledger.Account{File: p.Label, Rows: len(p.Works)}
		rows := make([]table.WorkRow, 0, len(p.Works))
		for _, w := range p.Works {
			form := p.Form(w, p.Label)
			if said := in.senderSaid(); said != "" {
				form.Sender = said
			}
			row := table.FormRow(in.rules, form)
			if rows = append(rows, row); row.Rejected() {
				account.Refused++
			}
		}
		if unit := judging.Tidy(p.Unit); unit != "" && !slices.Contains(in.report.Senders, unit) {
			in.report.Senders = append(in.report.Senders, unit)
		}
		account.Taken = account.Rows - account.Refused
		in.report.Sheets = append(in.report.Sheets, account)
		began := len(in.report.Rows)
		if err := in.absorbAll(ctx, p.Label, rows, progress); err != nil {
			return err
		}
		in.bindParcel(s, p, in.report.Rows[began:])
	}
	return nil
}

// senderSaid is the unit that a person says sent all of this; "" where nobody does.
func (in *intakeJob) senderSaid() string {
	for _, c := range in.options.Fill {
		if c.Field == propose.Sender && !c.Rest && c.File+c.Sheet+string(c.From)+c.Proposed == "" {
			return c.Value
		}
	}
	return ""
}

// bindParcel gives the files of a parcel to the works that became of its rows. What a work had before and does not have
// any more is said: nothing is taken away.
func (in *intakeJob) bindParcel(s *sources, p parcel.Parcel, rows []RowReport) {
	became := map[int]judging.WorkID{}
	for _, r := range rows {
		became[r.Row] = r.Work
	}
	for _, w := range p.Works {
		id := became[w.Row]
		for _, f := range w.Files {
			e := p.Files[f.Name]
			e.Path, e.Name = path.Join(p.Label, f.Name), path.Base(f.Name)
			s.files = append(s.files, e)
			if id != "" {
				in.cellOf[e.Path] = id
			}
		}
		before, _ := in.known.Work(id)
		for _, old := range before.Files {
			if !slices.ContainsFunc(w.Files, func(f parcel.File) bool { return f.Sum == old.Sum }) {
				in.report.Problems = append(in.report.Problems, judging.Problem{
					Place: judging.Place{File: p.Label, Row: w.Row},
					Text:  "parcel.not_again", Args: judging.Args{"Name": old.Name},
				})
			}
		}
	}
}
