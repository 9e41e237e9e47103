package report

import (
	"context"
	"image"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
)

type certificatesOffice interface {
	ShowContest(ctx context.Context) (office.Summary, error)
	UnprintableNames(ctx context.Context) ([]report.UnprintableRecord, error)
	PreviewCertificate(ctx context.Context, req report.CertificateRequest, width int, w page.Words) (image.Image, error)
	PrintCertificates(
		ctx context.Context, req report.CertificateRequest, w page.Words,
	) (report.CertificateReport, error)
	CertificateTemplate(path string) error
	VerifyCertificate(ctx context.Context, number, code string) (report.CertificateCheck, error)
}

// certificatesPage prints the certificates of all winners by a template, one of them shown before.
type certificatesPage struct {
	sh       kit.Shell
	office   certificatesOffice
	body     *fyne.Container
	picture  *fyne.Container
	date     *field.Text
	each     *choice.Segments
	one      bool // a file for each winner
	template string
	data     certificatesData
	preview  image.Image
}

// certificatesData is all that the page shows.
type certificatesData struct {
	office.Summary
	lacking []report.UnprintableRecord
}

const previewWidth = 1100 // pixels

func newCertificatesPage(sh kit.Shell, o certificatesOffice) *certificatesPage {
	return &certificatesPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *certificatesPage) Title() string { return p.sh.T("certificates.title", nil) }

// Content builds the head; the rest comes with the winners.
func (p *certificatesPage) Content() fyne.CanvasObject {
	p.body, p.picture = container.NewStack(), container.NewStack()
	p.date = field.NewText(
		p.sh, p.sh.T("certificates.date", nil), p.sh.T("certificates.date_help", nil), field.TextRule{Limit: 30},
	)
	p.each = choice.NewSegments(
		[]choice.Option{
			{Key: "all", Title: p.sh.T("certificates.one_file", nil)},
			{Key: "each", Title: p.sh.T("certificates.each", nil)},
		},
		"all",
		func(key string) { p.one = key == "each" },
	)
	head := header.New(
		p.Title(), button.New(p.sh.T("certificates.verify", nil), p.onVerify),
		button.NewPrimary(p.sh.T("certificates.print", nil), p.onPrint),
	).WithBack(p.sh.Back)
	return header.Page(head, p.body)
}

// Load reads the winners, then draws the first certificate: starting the drawing machine may take a while, and the
// page need not wait for it.
func (p *certificatesPage) Load() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), p.read, func(d certificatesData) {
		p.data = d
		p.show()
		if d.Granted > 0 {
			p.draw(func(err error) { p.tellUndrawn(err) })
		}
	})
}

func (p *certificatesPage) request() report.CertificateRequest {
	return report.CertificateRequest{Template: p.template, Date: strings.TrimSpace(p.date.Text())}
}

func (p *certificatesPage) read(ctx context.Context, _ kit.Progress) (certificatesData, error) {
	var d certificatesData
	var err error
	if d.Summary, err = p.office.ShowContest(ctx); err != nil || d.Granted == 0 {
		return d, err
	}
	d.lacking, err = p.office.UnprintableNames(ctx)
	return d, err
}

// draw draws the first certificate by the choices made; failed hears when that is not possible.
func (p *certificatesPage) draw(failed func(error)) {
	if p.preview == nil {
		page.SetBody(
			p.picture,
			status.NewEmpty(p.sh.T("certificates.drawing", nil), p.sh.T("certificates.drawing_text", nil), nil),
		)
	}
	var img image.Image
	req := p.request()
	p.sh.Run(p.sh.T("certificates.drawing", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		img, err = p.office.PreviewCertificate(ctx, req, previewWidth, p.sh.T)
		return err
	}, func(err error) {
		if err != nil {
			failed(err)
			return
		}
		p.preview = img
		picture := canvas.NewImageFromImage(img)
		picture.FillMode = canvas.ImageFillContain
		picture.SetMinSize(fyne.NewSize(min(look.Em(26), widestPicture), min(look.Em(18), widestPicture*.7)))
		page.SetBody(p.picture, picture)
	})
}

// widestPicture leaves room for the form next to it in a window of 1280, in the largest type, too.
const widestPicture = 420

// tellUndrawn says on the paper's place why it cannot be shown; printing may go on.
func (p *certificatesPage) tellUndrawn(err error) {
	page.SetBody(p.picture, status.NewEmpty(p.sh.T("certificates.not_drawn", nil), p.sh.Err(err), nil))
}

func (p *certificatesPage) show() {
	if p.data.Granted == 0 {
		act := button.New(p.sh.T("certificates.to_results", nil), func() {
			p.sh.Navigate(kit.Route{Kind: page.Results})
		})
		page.SetBody(
			p.body,
			lay.Surface(status.NewEmpty(
				p.sh.T("certificates.empty", nil), p.sh.T("certificates.empty_text", nil), act,
			)),
		)
		return
	}
	page.SetBody(p.body, lay.Split(lay.Gap24, []float32{1, 2}, lay.VScroll(p.side()), lay.Surface(p.picture)))
}

// side holds the choices.
func (p *certificatesPage) side() fyne.CanvasObject {
	name := p.sh.T("certificates.bundled", nil)
	if p.template != "" {
		name = filepath.Base(p.template)
	}
	list := lay.Stack(lay.Gap16,
		look.NewPara(
			p.sh.T("certificates.count", judging.Args{"N": p.data.Granted}), look.Section, look.Plain, 24,
		).Fluid(),
		lay.Stack(
			lay.Gap8, look.NewText(p.sh.T("certificates.template", nil), look.Note, look.Quiet),
			look.NewCutText(name, look.Body, look.Plain),
			lay.Flow(
				lay.Gap8, button.New(p.sh.T("certificates.choose", nil), p.onChoose),
				button.NewPlain(p.sh.T("certificates.save_template", nil), p.onSaveTemplate),
			),
		),
		p.date, lay.Row(
			lay.Gap8, button.NewPlain(p.sh.T("certificates.redraw", nil), func() { p.draw(p.sh.ShowError) }),
		),
		lay.Stack(lay.Gap8, look.NewText(p.sh.T("certificates.files", nil), look.Note, look.Quiet), lay.Row(0, p.each)),
		look.NewPara(p.sh.T("certificates.list_too", nil), look.Note, look.Quiet, 24).Fluid())
	if len(p.data.lacking) > 0 {
		var parts []string
		for _, l := range p.data.lacking {
			parts = append(parts, l.Title+" "+l.Characters)
		}
		list.Add(
			look.NewPara(
				p.sh.T("certificates.lacking", judging.Args{
					"N": len(parts), "List": strings.Join(parts, p.sh.T("kit.semicolon", nil)),
				}),
				look.Body, look.Waiting, 24,
			).Fluid(),
		)
	}
	return list
}

func (p *certificatesPage) onChoose() {
	p.sh.OpenFile([]string{".toml"}, func(path string) {
		before := p.template
		p.template = path
		p.show()
		p.draw(func(err error) {
			p.template = before
			p.show()
			p.sh.ShowError(err)
		})
	})
}

func (p *certificatesPage) onSaveTemplate() {
	p.sh.SaveFile(p.sh.T("certificates.template_name", nil)+".toml", func(path string) {
		kit.Fetch(p.sh, p.sh.T("reports.making", nil), func(context.Context, kit.Progress) (string, error) {
			return path, p.office.CertificateTemplate(path)
		}, func(path string) { page.TellMade(p.sh, path) })
	})
}

// onPrint asks once where characters lack, then where to.
func (p *certificatesPage) onPrint() {
	if len(p.data.lacking) > 0 {
		p.sh.Ask(kit.Question{
			Title:  p.sh.T("certificates.print", nil),
			Text:   p.sh.T("certificates.lacking_ask", judging.Args{"N": len(p.data.lacking)}),
			Action: p.sh.T("certificates.anyway", nil),
			Danger: true,
			Do:     func() error { p.print(true); return nil },
		})
		return
	}
	p.print(false)
}

func (p *certificatesPage) print(anyway bool) {
	req := p.request()
	req.Anyway, req.Each, req.Honours = anyway, p.one, true
	name := page.FileName(p.data.Name + p.sh.T("certificates.title", nil))
	write := func(req report.CertificateRequest) {
		kit.Fetch(
			p.sh, p.sh.T("certificates.printing", nil),
			func(ctx context.Context, _ kit.Progress) (report.CertificateReport, error) {
				return p.office.PrintCertificates(ctx, req, p.sh.T)
			},
			func(r report.CertificateReport) {
				p.sh.Tell(kit.Notice{
					Tone: look.Done,
					Text: p.sh.T("certificates.done", judging.Args{
						"N": r.Certificates, "First": r.First, "Last": r.Last,
					}),
					Action: p.sh.T("reports.open", nil),
					Do:     func() { page.OpenFile(p.sh, req.Out) },
				})
			},
		)
	}
	if req.Each {
		p.sh.SaveIn(func(dir string) {
			req.Out, req.List = filepath.Join(dir, name), filepath.Join(dir, name+".xlsx")
			write(req)
		})
		return
	}
	p.sh.SaveFile(name+".pdf", func(path string) {
		req.Out, req.List = path, strings.TrimSuffix(path, filepath.Ext(path))+".xlsx"
		write(req)
	})
}

// onVerify checks a certificate that somebody shows.
func (p *certificatesPage) onVerify() {
	number := field.NewText(p.sh, p.sh.T("certificates.number", nil), "", field.TextRule{Required: true, Limit: 60})
	code := field.NewText(
		p.sh, p.sh.T("certificates.code", nil), p.sh.T("certificates.code_help", nil),
		field.TextRule{Required: true, Limit: 60},
	)
	form := field.NewForm(number, code)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("certificates.verify", nil), Action: p.sh.T("certificates.verify_act", nil), Content: form,
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			p.verify(number.Text(), code.Text())
			return nil
		},
	})
}

func (p *certificatesPage) verify(number, code string) {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (report.CertificateCheck, error) {
			return p.office.VerifyCertificate(ctx, number, code)
		},
		func(c report.CertificateCheck) {
			told := judging.Args{"Number": c.Number, "Author": c.Author, "Title": c.Title, "Award": c.Award}
			switch {
			case !c.Genuine:
				p.sh.Tell(kit.Notice{
					Tone: look.Problem, Text: p.sh.T("report.not_genuine", judging.Args{"Number": c.Number}),
				})
			case c.Current:
				p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("report.genuine", told)})
			default:
				p.sh.Tell(kit.Notice{Tone: look.Waiting, Text: p.sh.T("report.genuine_old", told)})
			}
		},
	)
}
