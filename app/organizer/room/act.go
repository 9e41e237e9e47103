package room

import (
	"context"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/room/host"
)

// Leaving says for what a room is closed.
type Leaving string

// What a room is closed for.
const (
	Closing  Leaving = "close"  // by its page
	Quitting Leaving = "quit"   // since the window closes
	Changing Leaving = "change" // since another contest is opened, or this one is opened again
	Moving   Leaving = "move"   // to be opened at another address
)

// AskClose says what is on devices only, asks, closes the room and then goes on.
func (k *Keeper) AskClose(sh kit.Shell, why Leaving, then func()) {
	k.mu.Lock()
	r := k.now
	k.mu.Unlock()
	if r == nil {
		then()
		return
	}
	var rows []host.Row
	sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		rows, err = r.Rows(ctx)
		return err
	}, func(err error) {
		text := leftOn(sh, rows)
		if err != nil { // it must be possible to close it anyway
			text = sh.Err(err)
		}
		sh.Ask(kit.Question{
			Title: sh.T("roompage.close_title", nil), Text: text + "\n" + sh.T("roompage.close_text_"+string(why), nil),
			Action: sh.T("roompage.close_"+string(why), nil), Danger: true,
			Do: func() error {
				k.closeThen(sh, why, then)
				return nil
			},
		})
	})
}

// Drop closes a room whose contest goes from under it, and says so in a dialog that outlasts the page. Who knows before
// that the contest will go, asks by AskClose.
func (k *Keeper) Drop(sh kit.Shell) {
	if !k.IsOpen() {
		return
	}
	_, err := k.Close()
	sh.Ask(kit.Question{Title: sh.T("roompage.is_closed", nil), Text: sh.T("roompage.closed_along", nil)})
	sh.ShowError(err)
}

func (k *Keeper) closeThen(sh kit.Shell, why Leaving, then func()) {
	left := 0
	sh.Run(sh.T("roompage.closing", nil), func(context.Context, kit.Progress) (err error) {
		left, err = k.Close()
		return err
	}, func(err error) {
		sh.ShowError(err)
		then()
		if left > 0 && why != Quitting { // then there is no window left
			sh.Tell(kit.Notice{Tone: look.Waiting, Text: sh.T("roompage.closed_left", judging.Args{"Judges": left})})
		}
	})
}

// mostNamed is how many judges a question names.
const mostNamed = 6

// leftOn says how many pages are open, and on whose devices scores are that were not received.
func leftOn(t kit.Texter, rows []host.Row) string {
	here, judges := 0, 0
	var names []string
	for _, r := range rows {
		if r.Open {
			here++
		}
		if r.Waiting == 0 {
			continue
		}
		if judges++; judges <= mostNamed {
			names = append(names, t.T("roompage.left_one", judging.Args{"Name": r.Name, "N": r.Waiting}))
		}
	}
	text := t.T("roompage.left_nobody", nil)
	if here > 0 {
		text = t.T("roompage.left_here", judging.Args{"N": here})
	}
	if judges > 0 {
		text += "\n" + t.T("roompage.left", judging.Args{
			"Judges": judges, "Names": strings.Join(names, t.T("app.list_comma", nil))})
	}
	return text
}

func (p *roomPage) onClose() { p.keeper.AskClose(p.sh, Closing, p.sh.Reload) }

// onElsewhere closes the room and leads to the form.
func (p *roomPage) onElsewhere() { p.keeper.AskClose(p.sh, Moving, p.sh.Reload) }

// onIssue gives a judge a new code in place of the one before.
func (p *roomPage) onIssue(row host.Row) {
	r := p.view.room
	text := p.sh.T("roompage.issue_text", nil)
	if row.Issued.IsZero() {
		text = p.sh.T("roompage.issue_first", nil)
	} else if row.Waiting > 0 {
		text = p.sh.T("roompage.issue_waiting", judging.Args{"N": row.Waiting}) + "\n" + text
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("roompage.issue_title", judging.Args{"Name": row.Name}), Text: text,
		Action: p.sh.T("roompage.issue_do", nil), Danger: !row.Issued.IsZero(),
		Do: func() error {
			issued, err := p.office.Passes().IssuePasses(context.Background(), []judging.JudgeID{row.Judge})
			if err != nil {
				return err
			}
			r.codes.know(issued)
			p.done(p.sh.T("roompage.issued", judging.Args{"Name": row.Name}))
			p.Load()
			return nil
		},
	})
}

// onRelease lets a judge go on with another device, by the same code.
func (p *roomPage) onRelease(row host.Row) {
	text := p.sh.T("roompage.release_text", nil)
	if row.Waiting > 0 {
		text = p.sh.T("roompage.issue_waiting", judging.Args{"N": row.Waiting}) + "\n" + text
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("roompage.release_title", judging.Args{"Name": row.Name}), Text: text,
		Action: p.sh.T("roompage.release_do", nil),
		Do: func() error {
			if err := p.office.Passes().ReleaseDevice(context.Background(), row.Judge); err != nil {
				return err
			}
			p.done(p.sh.T("roompage.released", judging.Args{"Name": row.Name}))
			p.Load()
			return nil
		},
	})
}

// onRevoke ends a judge's code.
func (p *roomPage) onRevoke(row host.Row) {
	r := p.view.room
	p.sh.Ask(kit.Question{
		Title:  p.sh.T("roompage.revoke_title", judging.Args{"Name": row.Name}),
		Text:   p.sh.T("roompage.revoke_text", nil),
		Action: p.sh.T("roompage.revoke_do", nil), Danger: true,
		Do: func() error {
			if err := p.office.Passes().RevokePass(context.Background(), row.Judge); err != nil {
				return err
			}
			r.codes.forget(row.Judge)
			p.done(p.sh.T("roompage.revoked", judging.Args{"Name": row.Name}))
			p.Load()
			return nil
		},
	})
}

// onSlips prints slips: those of codes that were issued since the room was opened, or new ones for all.
func (p *roomPage) onSlips() {
	r := p.view.room
	var unknown []host.Row
	for _, row := range p.view.table.Rows() {
		if r.link(row.Judge) == "" {
			unknown = append(unknown, row)
		}
	}
	known := len(p.view.table.Rows()) - len(unknown)
	if len(unknown) == 0 {
		p.printSlips(r, "", p.sh.T("diploma.room_title", nil))
		return
	}
	options := []choice.Option{{Key: "new", Title: p.sh.T("roompage.slips_new", judging.Args{"N": len(unknown)})}}
	if known > 0 {
		options = append([]choice.Option{
			{Key: "known", Title: p.sh.T("roompage.slips_known", judging.Args{"N": known})},
		}, options...)
	}
	which := choice.NewSegments(options, options[0].Key, func(string) {})
	p.sh.Ask(kit.Question{
		Title: p.sh.T("roompage.slips_title", nil), Content: lay.Row(0, which),
		Text:   p.sh.T("roompage.slips_text", judging.Args{"N": len(unknown), "Waiting": waiting(unknown)}),
		Action: p.sh.T("roompage.slips_do", nil),
		Do: func() error {
			if which.Chosen() == "new" {
				if err := p.issueAll(r, unknown); err != nil {
					return err
				}
			}
			p.printSlips(r, "", p.sh.T("diploma.room_title", nil))
			return nil
		},
	})
}

func waiting(rows []host.Row) (n int) {
	for _, r := range rows {
		n += r.Waiting
	}
	return n
}

func (p *roomPage) issueAll(r *opened, rows []host.Row) error {
	var judges []judging.JudgeID
	for _, row := range rows {
		judges = append(judges, row.Judge)
	}
	issued, err := p.office.Passes().IssuePasses(context.Background(), judges)
	if err == nil {
		r.codes.know(issued)
		p.Load()
	}
	return err
}

// onSlip prints the slip of one judge whose code is known.
func (p *roomPage) onSlip(row host.Row) {
	p.printSlips(p.view.room, row.Judge, p.sh.T("roompage.slip_file", judging.Args{"Name": row.Name}))
}

// printSlips asks where to and writes the slips whose codes are known, or only one.
func (p *roomPage) printSlips(r *opened, only judging.JudgeID, name string) {
	p.sh.SaveFile(name+".pdf", func(path string) {
		kit.Fetch(p.sh, p.sh.T("reports.making", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
			return r.slips(ctx, path, only, p.sh.T)
		}, func(int) { page.TellMade(p.sh, path) })
	})
}
