package report

import (
	"context"
	"errors"
	"path/filepath"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/sheet/forms"
	"fayi/judging/sheet/mapping"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// SuperiorRequest sets what a superior wants.
type SuperiorRequest struct {
	superior.Settings
	Form    string            // path of the superior's own Excel form; "" keeps the one known
	NoForm  bool              // forget the form: the usual list is made
	Columns map[string]string // corrections of the form's columns: header or letter -> field
}

// Superiors lists what is known of the offices above, those without settings too.
func (o Stage) Superiors(ctx context.Context) ([]superior.Settings, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]superior.Settings, error) {
		out := []superior.Settings{}
		for _, to := range superior.Levels {
			s, err := loadSuperior(tx, to)
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		}
		return out, nil
	})
}

func loadSuperior(tx store.Tx, to superior.Level) (superior.Settings, error) {
	s, err := records.Superiors.Get(tx, string(to))
	if errors.Is(err, judging.ErrNotFound) {
		return superior.Settings{To: to}, nil
	}
	return s, err
}

// SetSuperior keeps what a superior wants; the form is kept with the contest, and how its columns are understood is
// remembered. It returns how the form was understood, nil without one. Errors: Invalid for settings that won't do
// and for a form that cannot be filled, NotFound and Unavailable for its file.
func (o Stage) SetSuperior(ctx context.Context, req SuperiorRequest) (*forms.Report, error) {
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if err := req.Settings.Check(rules); err != nil {
		return nil, err
	}
	report, err := o.takeForm(ctx, &req, rules)
	if err != nil {
		return nil, err
	}
	return report, o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		before, err := loadSuperior(tx, req.To)
		if err != nil {
			return err
		}
		after := req.Settings
		if req.Form == "" && !req.NoForm {
			after.Template, after.Sum = before.Template, before.Sum
		}
		if err := records.Superiors.Put(tx, after); err != nil {
			return err
		}
		if report != nil {
			if err := records.Headers.Put(tx, report.Mapping); err != nil {
				return err
			}
		}
		return o.rec.Log(tx, "report.superior", string(req.To), before, after)
	})
}

// takeForm checks the form and keeps its bytes.
func (o Stage) takeForm(ctx context.Context, req *SuperiorRequest, rules judging.Rules) (*forms.Report, error) {
	req.Template, req.Sum = "", ""
	if req.Form == "" {
		return nil, nil
	}
	opt, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (mapping.Options, error) {
		return intake.ReadOptions(tx, "", req.Columns)
	})
	if err != nil {
		return nil, err
	}
	name := filepath.Base(req.Form)
	rows, err := o.formRows(ctx)
	if err != nil {
		return nil, err
	}
	report, err := forms.Fill(nil, req.Form, name, rows, rules, opt)
	if err != nil {
		return nil, err
	}
	f, err := regular.Open(req.Form)
	if err != nil {
		return nil, store.Translate(req.Form, err)
	}
	defer f.Close()
	blob, err := o.rec.Blobs.Put(ctx, f)
	if err != nil {
		return nil, err
	}
	req.Template, req.Sum = name, blob.Sum
	return &report, nil
}

// formRows are the winners as they would stand in a form, or the works where no awards are decided yet: to tell
// which columns they fill.
func (o Stage) formRows(ctx context.Context) ([]forms.Row, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]forms.Row, error) {
		given, err := results.AwardsGiven(tx)
		if err != nil {
			return nil, err
		}
		var rows []forms.Row
		return rows, records.EachWork(tx, func(w judging.Work) error {
			if len(given) == 0 || given[w.ID] != "" {
				rows = append(rows, forms.Row{No: len(rows) + 1, Work: w, Award: given[w.ID]})
			}
			return nil
		})
	})
}
