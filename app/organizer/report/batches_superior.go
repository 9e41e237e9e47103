package report

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/report"
	"fayi/judging/superior"
)

// superiorForm asks what an office above wants.
type superiorForm struct {
	sh       kit.Shell
	name     *field.Text
	total    *field.Number
	quotas   *field.Text
	naming   *field.Text
	form     *button.Button
	path     string // of a form newly chosen
	superior superior.Settings
}

func newSuperiorForm(sh kit.Shell, s superior.Settings) *superiorForm {
	f := &superiorForm{sh: sh, superior: s}
	f.name = field.NewText(
		sh, sh.T("batches.want_name", nil), sh.T("batches.want_name_help", nil), field.TextRule{Limit: 60},
	)
	f.total = field.NewNumber(
		sh, sh.T("batches.want_total", nil), sh.T("batches.want_total_help", nil), sh.T("batches.unit", nil),
		field.Range{Low: 0, High: 100000}, false,
	)
	f.quotas = field.NewText(
		sh, sh.T("batches.want_quotas", nil), sh.T("batches.want_quotas_help", nil),
		field.TextRule{Limit: 400, Check: func(text string) string {
			if _, ok := parseQuotas(text); !ok {
				return sh.T("batches.quotas_wrong", nil)
			}
			return ""
		}},
	)
	f.naming = field.NewText(
		sh, sh.T("batches.want_naming", nil),
		sh.T("batches.want_naming_help", judging.Args{"Known": superior.NamingWords()}), field.TextRule{Limit: 100},
	)
	f.name.SetText(s.Name)
	f.quotas.SetText(quotaText(s.Quotas))
	f.naming.SetText(string(s.Naming))
	if s.Naming == "" {
		f.naming.SetText(string(superior.UsualNaming))
	}
	if s.Total > 0 {
		f.total.SetValue(float64(s.Total))
	}
	f.form = button.New(f.formText(s.Template), f.onForm)
	return f
}

// formText is what stands on the button of the superior's Excel form.
func (f *superiorForm) formText(name string) string {
	if name == "" {
		return f.sh.T("batches.choose_form", nil)
	}
	return f.sh.T("batches.form_is", judging.Args{"Name": name})
}

func (f *superiorForm) onForm() {
	f.sh.OpenFile([]string{".xlsx"}, func(path string) {
		f.path = path
		f.form.SetText(f.formText(filepath.Base(path)))
	})
}

// request gathers what was filled in; ok is false where something is wrong.
func (f *superiorForm) request() (report.SuperiorRequest, bool) {
	s := f.superior
	s.Name, s.Naming = judging.Tidy(f.name.Text()), superior.Naming(strings.TrimSpace(f.naming.Text()))
	total, _ := f.total.Value()
	s.Total = int(total)
	quotas, ok := parseQuotas(f.quotas.Text())
	s.Quotas = quotas
	return report.SuperiorRequest{Settings: s, Form: f.path}, ok
}

// quotaText writes quotas as they are typed: 书法=3 绘画=2.
func quotaText(quotas map[string]int) string {
	var parts []string
	for category, n := range quotas {
		parts = append(parts, fmt.Sprintf("%s=%d", category, n))
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

// parseQuotas reads quotas as they are typed, with blanks or commas between and = or : within; ok is false for
// anything else.
func parseQuotas(text string) (map[string]int, bool) {
	out := map[string]int{}
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" 　,，;；、\n", r) })
	for _, f := range fields {
		f = strings.NewReplacer("＝", "=", "：", "=", ":", "=").Replace(f)
		category, number, ok := strings.Cut(f, "=")
		n, err := strconv.Atoi(judging.Tidy(number))
		if !ok || err != nil || n < 0 || category == "" {
			return nil, false
		}
		out[category] = n
	}
	return out, true
}

// onWants asks what the superior wants and keeps it.
func (p *batchesPage) onWants() {
	s := p.data.plan.Superior
	s.To = p.level
	f := newSuperiorForm(p.sh, s)
	content := lay.Stack(
		lay.Gap8, lay.Split(lay.Gap16, []float32{2, 1}, f.name, f.total), f.quotas, f.naming,
		look.NewPara(p.sh.T("batches.form_help", nil), look.Note, look.Quiet, 36).Fluid(), lay.Row(0, f.form),
	)
	title := p.sh.T("batches.wants_of", judging.Args{"Level": p.sh.T("batch.level_"+string(p.level), nil)})
	p.sh.Ask(kit.Question{Title: title, Action: p.sh.T("batches.keep", nil), Content: content, Do: func() error {
		req, ok := f.request()
		if !field.NewForm(f.name, f.total, f.quotas, f.naming).Valid() || !ok {
			return kit.ErrShown
		}
		p.setSuperior(req)
		return nil
	}})
}

func (p *batchesPage) setSuperior(req report.SuperiorRequest) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (*page.FormTold, error) {
		return p.office.SetSuperior(ctx, req)
	}, func(form *page.FormTold) {
		p.sh.Reload()
		p.sh.Tell(kit.Notice{
			Tone: look.Done,
			Text: p.sh.T("batch.superior_set", judging.Args{"Level": p.sh.T("batch.level_"+string(p.level), nil)}),
		})
		if form != nil {
			p.showForm(*form)
		}
	})
}

// showForm shows how the superior's form was understood, column by column.
func (p *batchesPage) showForm(form page.FormTold) {
	left := p.sh.T("batches.form_none", nil)
	if len(form.Left) > 0 {
		left = strings.Join(form.Left, p.sh.T("kit.comma", nil))
	}
	content := lay.Stack(lay.Gap16,
		look.NewPara(p.sh.T("batches.form_taken", judging.Args{"Room": form.Room}), look.Body, look.Plain, 36).Fluid(),
		lay.Stack(
			lay.Gap4, look.NewText(p.sh.T("batches.form_filled", nil), look.Note, look.Quiet),
			look.NewPara(strings.Join(form.Filled, p.sh.T("kit.comma", nil)), look.Body, look.Plain, 36).Fluid(),
		),
		lay.Stack(
			lay.Gap4, look.NewText(p.sh.T("batches.form_left", nil), look.Note, look.Quiet),
			look.NewPara(left, look.Body, look.Waiting, 36).Fluid(),
		))
	p.sh.Ask(kit.Question{
		Title: p.sh.T("batches.form_title", nil), Action: p.sh.T("batches.form_ok", nil), Content: content,
		Do: func() error { return nil },
	})
}
