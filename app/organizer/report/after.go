package report

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/exhibition"
	"fayi/judging/office/letters"
	words "fayi/judging/sheet/paper"
)

// afterOffice is what is done once the awards are final.
type afterOffice interface {
	WriteLetters(ctx context.Context, req letters.Request, w words.Words) (letters.Report, error)
	ReportParticipation(ctx context.Context, path string, w words.Words) (letters.Participation, error)
	Candidates(ctx context.Context) ([]exhibition.Candidate, error)
	WriteExhibition(
		ctx context.Context, req exhibition.Request, w words.Words, progress func(done, total int),
	) (exhibition.Report, error)
	WriteAlbum(
		ctx context.Context, req exhibition.Request, w words.Words, progress func(done, total int),
	) (exhibition.Report, error)
}

// stagesAfter are the stages that do it.
type stagesAfter struct {
	letterStage
	exhibitionStage
}

type (
	letterStage     = letters.Stage
	exhibitionStage = exhibition.Stage
)

// after is what follows the awards, over an open contest.
func after(o *office.Office) afterOffice { return stagesAfter{o.Letters(), o.Exhibition()} }

// afterPapers are the offers for the time after the awards.
func (p *reportsPage) afterPapers(press func(key string, do func()) *button.Button) []paper {
	final := p.data.Notice != nil && p.data.Notice.State == judging.Final
	return []paper{
		{"letters", final, []*button.Button{press("reports.write", p.onLetters)}},
		{"participation", true, []*button.Button{press("reports.excel", p.onParticipation)}},
		{"exhibition", final, []*button.Button{press("reports.make_pages", func() { p.onShow(false) })}},
		{"album", final, []*button.Button{press("reports.pdf", func() { p.onShow(true) })}},
	}
}

// onLetters asks what the letters are to hold, then where to.
func (p *reportsPage) onLetters() {
	var req letters.Request
	check := func(key string, to *bool) *choice.Check {
		return choice.NewCheck(p.sh.T(key, nil), func(on bool) { *to = on })
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("reports.letters", nil), Text: p.sh.T("reports.letters_ask", nil),
		Action: p.sh.T("reports.where", nil),
		Content: lay.Stack(lay.Gap8, check("reports.with_certificates", &req.Certificates),
			check("reports.with_comments", &req.Comments), check("reports.with_places", &req.Places)),
		Do: func() error {
			p.sh.SaveIn(func(dir string) {
				req.Dir = filepath.Join(dir, page.FileName(p.data.Name+p.sh.T("reports.letters", nil)))
				p.writeLetters(req)
			})
			return nil
		},
	})
}

func (p *reportsPage) writeLetters(req letters.Request) {
	kit.Fetch(p.sh, p.sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) (letters.Report, error) {
		return p.after.WriteLetters(ctx, req, p.sh.T)
	}, func(r letters.Report) {
		sent, awarded := 0, 0
		for _, l := range r.Letters {
			sent, awarded = sent+l.Sent, awarded+l.Awarded
		}
		text := p.sh.T("letters.written", judging.Args{
			"N": len(r.Letters), "Sent": sent, "Awarded": awarded, "Path": filepath.Base(r.Path),
		})
		tone := look.Done
		if n := len(r.Without); n > 0 {
			tone, text = look.Waiting, text+p.sh.T("reports.without_unit", judging.Args{"N": n})
		}
		p.tellFolder(tone, text, r.Path)
	})
}

func (p *reportsPage) tellFolder(tone look.Tone, text, path string) {
	p.sh.Tell(kit.Notice{Tone: tone, Text: text, Action: p.sh.T("reports.open", nil),
		Do: func() { page.OpenFile(p.sh, path) }})
}

func (p *reportsPage) onParticipation() {
	p.make("participation", ".xlsx", func(ctx context.Context, path string) error {
		_, err := p.after.ReportParticipation(ctx, path, p.sh.T)
		return err
	})
}

// onShow says what may be shown and what may not, then makes an album or pages for a browser.
func (p *reportsPage) onShow(album bool) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]exhibition.Candidate, error) {
			return p.after.Candidates(ctx)
		},
		func(list []exhibition.Candidate) { p.askShow(album, list) })
}

func (p *reportsPage) askShow(album bool, list []exhibition.Candidate) {
	req := exhibition.Request{Lang: p.sh.Lang()}
	n := map[exhibition.Consent]int{}
	for _, c := range list {
		n[c.Consent]++
	}
	content := lay.Stack(lay.Gap8)
	if names := unshown(list); names != "" {
		content.Add(look.NewPara(names, look.Note, look.Waiting, 40))
	}
	add := func(key string, args judging.Args, to *bool) {
		content.Add(choice.NewCheck(p.sh.T(key, args), func(on bool) { *to = on }))
	}
	if n[exhibition.Unknown] > 0 {
		add("reports.agreed", judging.Args{"N": n[exhibition.Unknown]}, &req.Agreed)
	}
	if !album {
		add("reports.with_media", nil, &req.Media)
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T(showKey(album), nil), Action: p.sh.T("reports.where", nil), Content: content,
		Text: p.sh.T("reports.show_ask", judging.Args{"All": len(list), "Given": n[exhibition.Given],
			"Unknown": n[exhibition.Unknown], "Refused": n[exhibition.Refused]}),
		Do: func() error { p.whereTo(album, req); return nil },
	})
}

// showKey is the text that names the one or the other.
func showKey(album bool) string {
	if album {
		return "reports.album"
	}
	return "reports.exhibition"
}

// unshown names works of which no consent is known, a few of them.
func unshown(list []exhibition.Candidate) string {
	const most = 8
	var names []string
	for _, c := range list {
		if c.Consent != exhibition.Given {
			names = append(names, c.Title)
		}
	}
	if len(names) > most {
		names = append(names[:most], "…")
	}
	return strings.Join(names, "、")
}

// whereTo asks for a place and writes. A list of what is left out lies next to what is made.
func (p *reportsPage) whereTo(album bool, req exhibition.Request) {
	name := page.FileName(p.data.Name + p.sh.T(showKey(album), nil))
	write := func(dir string) {
		req.Left = filepath.Join(dir, name+p.sh.T("reports.left_file", nil)+".xlsx")
		p.writeShow(album, req)
	}
	if album {
		p.sh.SaveFile(name+".pdf", func(path string) {
			req.Out = path
			write(filepath.Dir(path))
		})
		return
	}
	p.sh.SaveIn(func(dir string) {
		req.Out = filepath.Join(dir, name)
		write(dir)
	})
}

func (p *reportsPage) writeShow(album bool, req exhibition.Request) {
	do, key := p.after.WriteExhibition, "exhibition.written"
	if album {
		do, key = p.after.WriteAlbum, "album.written"
	}
	kit.Fetch(p.sh, p.sh.T("exhibition.making", nil),
		func(ctx context.Context, progress kit.Progress) (exhibition.Report, error) {
			return do(ctx, req, p.sh.T, progress)
		},
		func(r exhibition.Report) {
			text, tone := p.sh.T(key, judging.Args{"Shown": r.Shown, "Pictures": r.Pictures, "Pages": r.Pages,
				"MB": fmt.Sprintf("%.1f", float64(r.Bytes)/(1<<20)), "Path": filepath.Base(r.Path)}), look.Done
			if len(r.Left) > 0 {
				tone = look.Waiting
				text += p.sh.T("reports.left", judging.Args{"N": len(r.Left), "Name": filepath.Base(r.LeftFile)})
			}
			open := r.Path
			if !album {
				open = filepath.Join(r.Path, "index.html")
			}
			p.tellFolder(tone, text, open)
			p.tellTroubles(r)
		})
}

// tellTroubles lists what of the works could not be shown.
func (p *reportsPage) tellTroubles(r exhibition.Report) {
	var lines []string
	for _, t := range r.Troubles {
		lines = append(lines, p.sh.T("exhibition.trouble", judging.Args{
			"Title": t.Title, "File": t.File, "Why": p.sh.T(t.Text, t.Args),
		}))
	}
	if r.Characters != "" {
		lines = append(lines, p.sh.T("album.characters", judging.Args{"List": r.Characters}))
	}
	const most = 20
	if n := len(lines) - most; n > 0 {
		lines = append(lines[:most], p.sh.T("reports.more_troubles", judging.Args{"N": n}))
	}
	if len(lines) > 0 {
		p.sh.Ask(kit.Question{
			Title: p.sh.T("reports.troubles", nil), Text: strings.Join(lines, "\n"),
			Action: p.sh.T("reports.understood", nil),
		})
	}
}
