package sending

import (
	"context"
	"image/color"
	"net/url"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/collect"
	deliveries "fayi/judging/office/sending"
)

// newCode draws a link as a QR code on white.
func newCode(sh kit.Shell, link string) fyne.CanvasObject {
	code, err := diploma.QR(link)
	if err != nil {
		return look.NewPara(sh.Err(err), look.Body, look.Problem, 20).Fluid()
	}
	picture := canvas.NewImageFromImage(code)
	picture.ScaleMode = canvas.ImageScalePixels // sharp edges: cameras read them from further away
	picture.FillMode = canvas.ImageFillContain
	return container.NewStack(lay.Blank(look.Em(9), look.Em(9)), canvas.NewRectangle(color.White), picture)
}

// lastMinute is until when something is open that ends on a day.
const lastMinute = "23:59"

// onOpen asks how units may send, and opens it.
func (p *sendingPage) onOpen() {
	until := field.NewText(p.sh, p.sh.T("sendpage.until", nil), p.sh.T("sendpage.until_help", nil),
		field.TextRule{Limit: 16})
	public := choice.NewCheck(p.sh.T("sendpage.public", nil), nil)
	here := choice.NewCheck(p.sh.T("sendpage.here", nil), nil)
	here.SetChecked(true)
	form := field.NewForm(until)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.open", nil), Text: p.sh.T("sendpage.open_text", nil),
		Action: p.sh.T("sendpage.open_act", nil), Content: lay.Stack(lay.Gap8, until, here, public),
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			req := deliveries.OpenRequest{Public: public.Checked}
			if said := strings.TrimSpace(until.Text()); said != "" {
				if len(said) == len(time.DateOnly) {
					said += " " + lastMinute
				}
				var err error
				if req.Until, err = time.ParseInLocation("2006-01-02 15:04", said, time.Local); err != nil {
					return judging.Fail(judging.Invalid, "sendpage.bad_until", nil)
				}
			}
			if _, err := p.office.Sending().OpenSending(context.Background(), req); err != nil {
				return err
			}
			if here.Checked {
				p.onServe()
			} else {
				p.Load()
			}
			return nil
		},
	})
}

func (p *sendingPage) onClose() {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.close", nil), Text: p.sh.T("sendpage.close_text", nil),
		Action: p.sh.T("sendpage.close", nil),
		Do: func() error {
			_, err := p.office.Sending().CloseSending(context.Background())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}

// onServe opens the server on this computer.
func (p *sendingPage) onServe() {
	why := p.sh.T("roompage.awake_why", nil)
	p.sh.Run(p.sh.T("sendpage.serving", nil), func(ctx context.Context, _ kit.Progress) error {
		return p.keeper.serve(ctx, p.office, why)
	}, func(err error) {
		p.sh.ShowError(err)
		p.Load()
	})
}

func (p *sendingPage) onUnserve() {
	p.sh.Run(p.sh.T("sendpage.serving", nil), func(context.Context, kit.Progress) error {
		return p.keeper.Close()
	}, func(err error) {
		p.sh.ShowError(err)
		p.Load()
	})
}

// onHall asks for the address under which a hall has this contest.
func (p *sendingPage) onHall() {
	at := field.NewText(p.sh, p.sh.T("sendpage.hall_at", nil), p.sh.T("sendpage.hall_help", nil),
		field.TextRule{Required: true, Limit: 200})
	form := field.NewForm(at)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.hall", nil), Action: p.sh.T("sendpage.hall_act", nil), Content: at,
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			u, err := url.Parse(strings.TrimSpace(at.Text()))
			if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.Fragment != "" {
				return judging.Fail(judging.Invalid, "sendpage.bad_at", nil)
			}
			p.keeper.setAt(sendingAt(u.String()))
			p.Load()
			return nil
		},
	})
}

// sendingAt is where units send, for the address of a contest in a hall.
func sendingAt(contest string) string {
	const below = "/send" // see judging/hall
	contest = strings.TrimRight(contest, "/")
	return strings.TrimSuffix(contest, below) + below
}

// onLinks draws links for all units of the list that have none.
func (p *sendingPage) onLinks() { p.issue(nil) }

func (p *sendingPage) issue(units []string) {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) ([]deliveries.Issued, error) {
		return p.office.Sending().IssueLinks(ctx, units)
	}, func(issued []deliveries.Issued) {
		p.keeper.know(issued)
		p.done("sendpage.linked", judging.Args{"N": len(issued)})
		p.Load()
	})
}

// onLink draws a link for one unit; one that is there is ended by it, which is asked about.
func (p *sendingPage) onLink(l deliveries.Link) {
	if l.Issued.IsZero() {
		p.issue([]string{l.Unit})
		return
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.link_new", nil), Text: p.sh.T("sendpage.link_text", judging.Args{"Unit": l.Unit}),
		Action: p.sh.T("sendpage.link_act", nil), Danger: true,
		Do: func() error {
			p.issue([]string{l.Unit})
			return nil
		},
	})
}

func (p *sendingPage) onUnlink(l deliveries.Link) {
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.unlink", nil), Text: p.sh.T("sendpage.unlink_text", judging.Args{"Unit": l.Unit}),
		Action: p.sh.T("sendpage.unlink", nil), Danger: true,
		Do: func() error {
			err := p.office.Sending().RevokeLink(context.Background(), l.Unit)
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}

// onCopyAll copies the links that this window drew, a line each.
func (p *sendingPage) onCopyAll() {
	var lines []string
	for _, l := range p.got.Links {
		if link := p.keeper.link(l.Unit); link != "" {
			lines = append(lines, l.Unit+"  "+link)
		}
	}
	if len(lines) == 0 {
		p.sh.Tell(kit.Notice{Tone: look.Waiting, Text: p.sh.T("sendpage.no_copy", nil)})
		return
	}
	p.copyText(strings.Join(lines, "\n"))
}

// look shows what would come of a delivery, and asks whether it is taken.
func (p *sendingPage) look(d deliveries.Delivery) {
	if d.State != deliveries.Waiting {
		if d.Why != "" {
			said := p.sh.T("sendpage.unfit_why", judging.Args{"Unit": d.Unit, "Why": d.Why})
			p.sh.Tell(kit.Notice{Tone: look.Info, Text: said})
		}
		return
	}
	p.fetch(d.ID, true, func(r collect.TakeReport) {
		problems := r.Import.Problems
		for _, row := range r.Import.Rows {
			problems = append(problems, row.Problems...)
		}
		said := strings.Join(r.Lines(p.sh.T), "\n")
		parts := []fyne.CanvasObject{look.NewPara(said, look.Body, look.Plain, 40).Fluid()}
		if told := page.ProblemLines(p.sh, problems); len(told) > 0 {
			list := page.NewProblems(p.sh, func() []table.ProblemLine { return told })
			list.SetLines(told)
			parts = append(parts, container.NewStack(lay.Blank(look.Em(40), look.Em(8)), list))
		}
		p.sh.Ask(kit.Question{
			Title: p.sh.T("sendpage.take_title", judging.Args{"Unit": d.Unit}),
			Text:  p.sh.T("cli.call_would_take", takenArgs(r.Parcel)), Action: p.sh.T("sendpage.take", nil),
			Content: lay.Stack(lay.Gap8, parts...),
			Do: func() error {
				p.fetch(d.ID, false, func(r collect.TakeReport) {
					p.Load()
					p.done("cli.call_taken", takenArgs(r.Parcel))
				})
				return nil
			},
		})
	})
}

func (p *sendingPage) fetch(id string, dry bool, then func(collect.TakeReport)) {
	kit.Fetch(p.sh, p.sh.T("app.importing", nil),
		func(ctx context.Context, say kit.Progress) (collect.TakeReport, error) {
			return p.office.Sending().TakeDelivery(ctx, id, dry, say)
		}, then)
}

func takenArgs(a collect.Parcel) judging.Args {
	return judging.Args{
		"ID": a.ID, "Accepted": a.Accepted, "Changed": a.Changed, "Unchanged": a.Unchanged, "Rejected": a.Rejected,
		"Files": a.Files.Came(), "Loose": a.Files.Doubtful + a.Files.Unmatched,
	}
}

// onRefuse asks why a delivery is not taken.
func (p *sendingPage) onRefuse(d deliveries.Delivery) {
	why := field.NewText(p.sh, p.sh.T("sendpage.why", nil), p.sh.T("sendpage.why_help", nil),
		field.TextRule{Required: true, Limit: 500, Lines: 3})
	form := field.NewForm(why)
	p.sh.Ask(kit.Question{
		Title: p.sh.T("sendpage.refuse", nil), Text: p.sh.T("sendpage.refuse_text", judging.Args{"Unit": d.Unit}),
		Action: p.sh.T("sendpage.refuse_act", nil), Content: why, Danger: true,
		Do: func() error {
			if !form.Valid() {
				return kit.ErrShown
			}
			_, err := p.office.Sending().RefuseDelivery(context.Background(), d.ID, why.Text())
			if err == nil {
				p.Load()
			}
			return err
		},
	})
}

// onClear says how much room deliveries take that nobody waits for, and frees it.
func (p *sendingPage) onClear() {
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (deliveries.Cleared, error) {
		return p.office.Sending().ClearDeliveries(ctx, true)
	}, func(c deliveries.Cleared) {
		if c.Deliveries == 0 {
			p.done("sendpage.clear_none", nil)
			return
		}
		args := judging.Args{"N": c.Deliveries, "MB": megabytes(c.Bytes)}
		p.sh.Ask(kit.Question{
			Title: p.sh.T("sendpage.clear", nil), Text: p.sh.T("sendpage.clear_text", args),
			Action: p.sh.T("sendpage.clear_act", nil), Danger: true,
			Do: func() error {
				_, err := p.office.Sending().ClearDeliveries(context.Background(), false)
				if err == nil {
					p.Load()
				}
				return err
			},
		})
	})
}
