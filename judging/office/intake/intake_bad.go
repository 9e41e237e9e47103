package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/table"
)

// noteBad keeps a row with problems, to be fixed.
func (in *intakeJob) noteBad(row table.WorkRow, out RowReport) {
	wrong := slices.DeleteFunc(slices.Clone(out.Problems), isKnownUnit)
	if len(wrong) == 0 || out.Status == judging.RowLeft {
		return
	}
	w := row.Work
	in.bad.Add(records.BadRow{
		Place: out.Place, Work: out.Work, Cells: row.Cells, Problems: wrong,
		Given: map[string]string{
			propose.Unit: w.Unit, propose.Sender: w.Sender, propose.Group: w.Group, propose.Category: w.Category,
		},
	})
}

// keepBad writes what is wrong with rows and sheets under the pending intake.
func (in *intakeJob) keepBad(ctx context.Context) error {
	if in.intake.Fixing {
		return nil
	}
	in.sumBad()
	if err := records.KeepAccounts(ctx, in.db(), in.intake.ID, in.report.Sheets); err != nil {
		return err
	}
	return records.KeepBadRows(ctx, in.db(), in.intake.ID, in.bad.Rows, in.bad.Sheets(in.report.Mappings))
}

// sumBad adds the problems of sheets and files to those of rows, and sums them all up.
func (in *intakeJob) sumBad() {
	if in.intake.Wrong != "" {
		return
	}
	for _, p := range in.report.Problems {
		in.bad.Add(records.BadRow{Place: p.Place, Problems: []judging.Problem{p}})
	}
	if len(in.bad.Rows) == 0 {
		return
	}
	sum := sha256.New()
	for _, r := range in.bad.Rows {
		raw, _ := json.Marshal([]any{r.Place, r.Cells, r.Problems}) // texts and numbers can't fail
		sum.Write(raw)
	}
	in.intake.Wrong = hex.EncodeToString(sum.Sum(nil)[:8])
}

// toldBefore reports whether an import that changes no work has nothing new to tell either: the newest import of the
// same files found the same wrong.
func (in *intakeJob) toldBefore(ctx context.Context) (bool, error) {
	if in.sumBad(); in.intake.Wrong == "" || in.intake.Fixing {
		return true, nil
	}
	all, err := in.office.Intakes(ctx)
	if err != nil {
		return false, err
	}
	for _, i := range slices.Backward(all) {
		if i.State == judging.Live && !i.Fixing && slices.Equal(i.Sources, in.intake.Sources) {
			return i.Wrong == in.intake.Wrong, nil
		}
	}
	return false, nil
}

// FixedRow is a row whose cells a person fixed, with the work that it is, if it is one.
type FixedRow struct {
	Row  table.WorkRow
	Work judging.WorkID
}

// TakeRows takes fixed rows as an import of its own, which can be undone as one; a row that is still wrong is rejected
// and reported. Of a row that is a work, Row.Work holds what the fixing changes and nothing else. keep notes what is
// known of the rows, while the import named in the report does not hold yet, so that no work comes of which its row
// does not know; it may be nil. Errors: those of ImportWorks and of keep.
func TakeRows(
	ctx context.Context, rec *records.Records, rows []FixedRow, dry bool, keep func(ImportReport) error,
) (ImportReport, error) {
	o := Stage{rec}
	rec.Importing.Lock()
	defer rec.Importing.Unlock()
	none := &sources{}
	in, err := o.beginIntake(ctx, ImportRequest{DryRun: dry}, none)
	if err != nil {
		return ImportReport{}, err
	}
	in.intake.Fixing = true
	for _, r := range rows {
		if f := r.Row.Work.Source.File; !slices.Contains(in.intake.Sources, f) {
			in.intake.Sources = append(in.intake.Sources, f)
		}
		if now, ok := in.known.Work(r.Work); ok && r.Row.Work.Title == "" {
			r.Row.Work.Title = now.Title
		}
		in.useNames(&r.Row)
		in.absorb(r.Row, r.Work)
	}
	in.settleTally()
	if err = in.flush(ctx, true); err == nil {
		err = in.attach(ctx, none, nil)
	}
	if err == nil && !dry && keep != nil {
		if !in.nothing() {
			in.report.Intake = in.intake.ID
		}
		err = keep(in.report)
	}
	if err == nil {
		err = in.finish(ctx)
	}
	if err != nil {
		return ImportReport{Rows: []RowReport{}}, records.FirstError(err, in.abandon())
	}
	return in.report, nil
}
