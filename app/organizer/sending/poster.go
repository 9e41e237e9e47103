package sending

import (
	"context"
	"path/filepath"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/collect"
	"fayi/judging/sending/host"
)

// publicAt is where everybody may read what is asked for, "" where nobody knows, which is said.
func (p *sendingPage) publicAt() string {
	at, _ := p.keeper.address()
	if at == "" {
		p.sh.Tell(kit.Notice{Tone: look.Waiting, Text: p.sh.T("sendpage.poster_nowhere", nil)})
		return ""
	}
	return host.LinkAt(at, "")
}

// onPoster writes the poster of the call, and says so where the page behind it is not open to everybody.
func (p *sendingPage) onPoster(large bool) {
	at := p.publicAt()
	if at == "" {
		return
	}
	if p.got.Public {
		p.writePoster(at, large)
		return
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.posters", nil), Text: p.sh.T("sendpage.poster_private", nil),
		Action: p.sh.T("sendpage.poster_act", nil),
		Do: func() error {
			p.writePoster(at, large)
			return nil
		},
	})
}

func (p *sendingPage) writePoster(at string, large bool) {
	p.sh.SaveFile(p.sh.T("poster.file", nil)+".pdf", func(path string) {
		p.sh.Run(p.sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) error {
			req := collect.PosterRequest{Path: path, At: at, Large: large}
			return p.office.Collect().WritePoster(ctx, req, p.sh.T)
		}, func(err error) {
			if err != nil {
				p.sh.ShowError(err)
				return
			}
			page.TellMade(p.sh, path)
		})
	})
}

// known are the links that this window drew, by unit.
func (p *sendingPage) known() []collect.UnitLink {
	var out []collect.UnitLink
	for _, l := range p.got.Links {
		if link := p.keeper.link(l.Unit); link != "" {
			out = append(out, collect.UnitLink{Unit: l.Unit, Link: link})
		}
	}
	return out
}

// onSlips writes the links that this window drew as slips, to be cut apart.
func (p *sendingPage) onSlips() {
	links := p.known()
	if len(links) == 0 {
		p.sh.Tell(kit.Notice{Tone: look.Waiting, Text: p.sh.T("sendpage.no_copy", nil)})
		return
	}
	p.sh.SaveFile(p.sh.T("poster.slip_title", nil)+".pdf", func(path string) {
		p.sh.Run(p.sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) error {
			return p.office.Collect().WriteSlips(ctx, path, links, p.sh.T)
		}, func(err error) {
			if err != nil {
				p.sh.ShowError(err)
				return
			}
			page.TellMade(p.sh, path)
		})
	})
}

// onKit writes the kits of all units, each with the poster and, where this window drew it, the link of its unit.
func (p *sendingPage) onKit() {
	at := p.publicAt()
	if at == "" {
		return
	}
	links := map[string]string{}
	for _, l := range p.known() {
		links[l.Unit] = l.Link
	}
	p.sh.SaveIn(func(dir string) {
		req := collect.KitRequest{
			Dir: filepath.Join(dir, p.sh.T("inbox.kit_folder", nil)), At: at,
			Links: func(context.Context) (map[string]string, error) { return links, nil },
		}
		kit.Fetch(p.sh, p.sh.T("reports.making", nil),
			func(ctx context.Context, _ kit.Progress) (collect.KitReport, error) {
				return p.office.Collect().WriteKit(ctx, req, p.sh.T)
			},
			func(r collect.KitReport) {
				p.done("sendpage.kit_made", judging.Args{
					"Units": len(r.Units), "Slips": r.Slips, "Folder": filepath.Base(r.Path),
				})
			})
	})
}
