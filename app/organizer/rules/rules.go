package rules

import (
	"bytes"
	"context"
	"io"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/effect"
)

type rulesOffice interface {
	Rules(ctx context.Context) (judging.Rules, error)
	ExportRules(ctx context.Context, w io.Writer) error
	PreviewRules(ctx context.Context, r io.Reader) (effect.RuleEffect, error)
	LoadRules(ctx context.Context, r io.Reader, accept bool) (judging.Rules, error)
}

// rulesPage shows the rules as a leader would read them; they are changed in the editor, or in a file and loaded.
type rulesPage struct {
	sh     kit.Shell
	office rulesOffice
	head   *header.Header
	body   *fyne.Container
}

func newRulesPage(sh kit.Shell, o rulesOffice) *rulesPage { return &rulesPage{sh: sh, office: o} }

// Title is the page's name.
func (p *rulesPage) Title() string { return p.sh.T("app.rules", nil) }

// Content builds the frame.
func (p *rulesPage) Content() fyne.CanvasObject {
	p.head = header.New(
		p.Title(),
		button.NewMenu(
			p.sh.T("ruleedit.file", nil), fyne.NewMenuItem(p.sh.T("app.rules_load", nil), p.onLoad),
			fyne.NewMenuItem(p.sh.T("app.rules_export", nil), p.onExport),
		),
		button.NewPrimary(p.sh.T("ruleedit.title", nil), func() { p.sh.Navigate(kit.Route{Kind: page.EditRules}) }),
	)
	p.body = lay.Stack(lay.Gap16)
	return header.Page(p.head, lay.VScroll(page.ClearOfBar(p.body)))
}

// Load reads the rules in force.
func (p *rulesPage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) (judging.Rules, error) { return p.office.Rules(ctx) }, p.show,
	)
}

func (p *rulesPage) show(r judging.Rules) {
	p.head.SetCount(p.sh.T("app.rules_version", judging.Args{"Title": r.Title, "Version": r.Version}))
	p.body.RemoveAll()
	p.body.Add(p.section("app.rules_counting", factTable(countingFacts(p.sh, r))))
	p.body.Add(p.section("app.rules_awards", page.Grid([]float32{2, 3, 3}, awardTable(p.sh, r))))
	p.body.Add(p.section("app.rules_categories", page.Grid([]float32{2, 1, 1, 4, 6}, categoryTable(p.sh, r))))
	for _, n := range r.Rubrics {
		title := p.sh.T("app.rules_rubric", judging.Args{
			"Name": n.Name, "Scale": judging.Exact(n.Scale).String(), "Step": judging.Exact(n.Step).String(),
		})
		p.body.Add(lay.Surface(lay.Stack(
			lay.Gap8, look.NewStrong(title, look.Section, look.Plain),
			page.Grid([]float32{2, 1, 6}, rubricTable(p.sh, n.Rubric)), bandLine(p.sh, n.Rubric),
		)))
	}
}

func (p *rulesPage) section(key string, o fyne.CanvasObject) fyne.CanvasObject {
	return lay.Surface(lay.Stack(lay.Gap8, look.NewStrong(p.sh.T(key, nil), look.Section, look.Plain), o))
}

// onExport writes the rules to a file that can be edited.
func (p *rulesPage) onExport() {
	p.sh.SaveFile(p.sh.T("app.rules_file", nil)+".toml", func(path string) {
		p.sh.Run(p.sh.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) error {
			var b bytes.Buffer
			if err := p.office.ExportRules(ctx, &b); err != nil {
				return err
			}
			if err := atomicfile.Write(path, 0o644, func(w io.Writer) error {
				_, err := b.WriteTo(w)
				return err
			}); err != nil {
				return judging.Fail(judging.Unavailable, "app.unwritable", judging.Args{"Path": path}).Because(err)
			}
			return nil
		}, func(err error) {
			if err != nil {
				p.sh.ShowError(err)
				return
			}
			page.TellWritten(p.sh, path, p.sh.T("app.rules_exported", judging.Args{"Path": path}))
		})
	})
}

// onLoad puts the rules of a file in force. Where places or awards would change, it first shows which.
func (p *rulesPage) onLoad() {
	p.sh.OpenFile([]string{".toml"}, func(path string) {
		kit.Fetch(
			p.sh, p.sh.T("app.rules_loading", nil),
			func(ctx context.Context, _ kit.Progress) (effect.RuleEffect, error) {
				return withFile(path, func(f io.Reader) (effect.RuleEffect, error) {
					return p.office.PreviewRules(ctx, f)
				})
			},
			func(e effect.RuleEffect) {
				acceptRules(p.sh, e, func() error { return p.take(path) })
			},
		)
	})
}

// acceptRules lets take put new rules in force, after showing whose place or award would change, if any would.
func acceptRules(sh kit.Shell, e effect.RuleEffect, take func() error) {
	if !e.Changes() {
		sh.ShowError(take())
		return
	}
	sh.Ask(kit.Question{
		Title: sh.T("app.rules_effect", nil),
		Text: sh.T("board.rule_effect", judging.Args{
			"Places": len(e.Places), "Awards": len(e.Awards), "Hash": e.Hash,
		}),
		Action:  sh.T("app.rules_accept", nil),
		Check:   sh.T("app.rules_accept_check", nil),
		Content: effectList(sh, e),
		Do:      take,
	})
}

func (p *rulesPage) take(path string) error {
	r, err := withFile(path, func(f io.Reader) (judging.Rules, error) {
		return p.office.LoadRules(context.Background(), f, true)
	})
	if err == nil {
		p.sh.Tell(kit.Notice{Tone: look.Done, Text: p.sh.T("app.rules_loaded", judging.Args{"Version": r.Version})})
		p.Load()
	}
	return err
}

func withFile[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	f, err := regular.Open(path)
	if err != nil {
		var none T
		return none, judging.Fail(judging.Unavailable, "rules.unreadable", nil).Because(err)
	}
	defer f.Close()
	return read(f)
}

// mostShifts bounds how many changes a question lists.
const mostShifts = 60

// effectList lists whose award or place would change, awards first.
func effectList(t kit.Texter, e effect.RuleEffect) fyne.CanvasObject {
	orNone := func(award string) string {
		if award == "" {
			return t.T("board.no_award", nil)
		}
		return award
	}
	var lines []string
	for _, a := range e.Awards {
		lines = append(
			lines,
			t.T("board.award_shift", judging.Args{
				"Work": a.Code, "Title": a.Title, "From": orNone(a.From), "To": orNone(a.To),
			}),
		)
	}
	for _, s := range e.Places {
		lines = append(
			lines,
			t.T("board.place_shift", judging.Args{
				"Work": s.Code, "Title": s.Title, "From": s.From, "To": s.To, "Was": s.OfficialWas, "Is": s.OfficialIs,
			}),
		)
	}
	box := lay.Stack(lay.Gap4)
	for _, line := range lines[:min(len(lines), mostShifts)] {
		box.Add(look.NewPara(line, look.Body, look.Plain, 40))
	}
	scroll := lay.VScroll(page.ClearOfBar(box))
	scroll.SetMinSize(fyne.NewSize(520, 220))
	return scroll
}
