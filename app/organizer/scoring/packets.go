package scoring

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/packets"
	"fayi/judging/office/scoring"
)

type packetsOffice interface {
	ScoresStatus(ctx context.Context) (scoring.Status, error)
	ListPackets(ctx context.Context) ([]packets.Info, error)
	SealPackets(
		ctx context.Context, dir string, opt packets.SealOptions, w page.Words, progress func(done, total int),
	) ([]packets.Sealed, error)
	SealPacket(
		ctx context.Context, judge judging.JudgeID, path string, opt packets.SealOptions,
		progress func(done, total int),
	) (packets.Sealed, error)
	WritePacketSlips(ctx context.Context, path string, only judging.JudgeID, phrase string, w page.Words) (int, error)
	CollectReply(ctx context.Context, path string, take scoring.Take) (packets.ReplyReport, error)
	clashOffice
}

// packetsPage makes packets for judges who score at home, and takes their replies in.
type packetsPage struct {
	sh      kit.Shell
	office  packetsOffice
	table   *table.Table[packetRow]
	body    *fyne.Container
	rows    []packetRow
	clashes []scoring.PacketClash
	lines   []table.ProblemLine // of the last collecting, until it is put away
}

// packetRow is a judge with the newest packet, if there is one.
type packetRow struct {
	scoring.JudgeStatus
	packet *packets.Info
}

func newPacketsPage(sh kit.Shell, o packetsOffice) *packetsPage {
	return &packetsPage{sh: sh, office: o}
}

// Title is the page's name.
func (p *packetsPage) Title() string { return p.sh.T("packets.title", nil) }

// Content builds the table of judges.
func (p *packetsPage) Content() fyne.CanvasObject {
	head := header.New(
		p.Title(), button.New(p.sh.T("packets.slips", nil), p.onSlips),
		button.New(p.sh.T("packets.collect", nil), p.onCollect),
		button.NewPrimary(p.sh.T("packets.seal_all", nil), p.onSealAll),
	).WithBack(p.sh.Back)
	p.table = table.New(
		func(r packetRow) string { return string(r.Judge) }, packetColumns(p.sh)...,
	).Keep(p.sh, "packets")
	p.table.OnOpen = p.onSealOne
	p.table.Acts = func(r packetRow) []*fyne.MenuItem {
		return []*fyne.MenuItem{
			fyne.NewMenuItem(p.sh.T("packets.seal_one", judging.Args{"Name": r.Call}), func() { p.onSealOne(r) }),
		}
	}
	p.table.SetEmpty(status.NewEmpty(p.sh.T("packets.none", nil), "", nil))
	p.body = container.NewStack()
	return header.Page(head, p.body)
}

func packetColumns(t kit.Texter) []table.Column[packetRow] {
	info := func(key string, min float32, text func(packets.Info) string) table.Column[packetRow] {
		return table.TextColumn(t.T(key, nil), min, 1, func(r packetRow) string {
			if r.packet == nil {
				return "—"
			}
			return text(*r.packet)
		})
	}
	return []table.Column[packetRow]{
		table.NameColumn(t.T("packets.judge", nil), 6, 0.5, func(r packetRow) string { return r.Call }),
		{
			Title: t.T("packets.scored", nil), Min: 6, Number: true,
			Cell: func(r packetRow) table.Cell { return table.Cell{Text: fmt.Sprintf("%d / %d", r.Done, r.Total)} },
		},
		info("packets.made", 8, func(i packets.Info) string { return kit.DateTime(t, i.Made.Local()) }),
		info("packets.size", 5, func(i packets.Info) string {
			return kit.Bytes(i.Bytes)
		}),
		info("packets.collected", 8, func(i packets.Info) string {
			if i.Collected.IsZero() {
				return t.T("packets.not_yet", nil)
			}
			return kit.DateTime(t, i.Collected.Local())
		}),
		{Title: t.T("app.col_status", nil), Min: 6, Cell: func(r packetRow) table.Cell {
			word, tone := packetState(t, r)
			return table.Cell{Text: word, Tone: tone}
		}},
	}
}

// packetState says in a word where a judge's packet is.
func packetState(t kit.Texter, r packetRow) (string, look.Tone) {
	switch {
	case r.Submitted:
		return t.T("app.judge_submitted", nil), look.Done
	case r.packet == nil:
		return t.T("packets.state_none", nil), look.Quiet
	case r.packet.Collected.IsZero():
		return t.T("packets.state_out", nil), look.Info
	}
	return t.T("packets.state_part", nil), look.Waiting
}

// Load reads the judges, their packets and what is to be decided.
func (p *packetsPage) Load() {
	type all struct {
		status  scoring.Status
		packets []packets.Info
		clashes []scoring.PacketClash
	}
	kit.Fetch(p.sh, p.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (got all, err error) {
		if got.status, err = p.office.ScoresStatus(ctx); err != nil {
			return got, err
		}
		if got.packets, err = p.office.ListPackets(ctx); err != nil {
			return got, err
		}
		got.clashes, err = p.office.Clashes(ctx)
		return got, err
	}, func(got all) {
		p.rows, p.clashes = packetRows(got.status.Judges, got.packets), got.clashes
		p.show()
	})
}

// packetRows puts the newest packet of the present plan's round next to each judge who has works.
func packetRows(judges []scoring.JudgeStatus, sealed []packets.Info) []packetRow {
	out := []packetRow{}
	for _, j := range judges {
		if j.Total == 0 {
			continue
		}
		r := packetRow{JudgeStatus: j}
		if i := slices.IndexFunc(sealed, func(x packets.Info) bool { return x.Judge == j.Judge }); i >= 0 {
			r.packet = &sealed[i]
		}
		out = append(out, r)
	}
	return out
}

func (p *packetsPage) show() {
	p.table.SetRows(p.rows)
	top := lay.Stack(lay.Gap8, look.NewPara(p.sh.T("packets.text", nil), look.Body, look.Quiet, 60).Fluid())
	if n := len(p.clashes); n > 0 {
		top.Add(status.NewNotice(
			kit.Notice{
				Tone: look.Waiting, Text: p.sh.T("packets.clashes", judging.Args{"N": n}),
				Action: p.sh.T("packets.decide", nil),
				Do:     func() { p.sh.Navigate(kit.Route{Kind: page.Clashes}) },
			},
			nil,
		))
	}
	body := fyne.CanvasObject(p.table)
	if len(p.lines) > 0 {
		faults := page.NewProblems(p.sh, func() []table.ProblemLine { return p.lines })
		faults.SetLines(p.lines)
		head := lay.Spread(look.NewStrong(p.sh.T("packets.refused", nil), look.Section, look.Plain),
			button.New(p.sh.T("app.collect_close", nil), func() { p.lines = nil; p.show() }))
		body = page.NewHalves(p.table, lay.Fill(head, faults, nil))
	}
	p.body.Objects = []fyne.CanvasObject{lay.Fill(top, body, nil)}
	p.body.Refresh()
}

// askSize asks how large pictures should be, then goes on.
func (p *packetsPage) askSize(title, text string, then func(packets.SealOptions)) {
	size := choice.NewSegments(
		[]choice.Option{
			{Key: "screen", Title: p.sh.T("packets.for_screen", nil)},
			{Key: "originals", Title: p.sh.T("packets.originals", nil)},
		},
		"screen", func(string) {},
	)
	due := field.NewText(
		p.sh, p.sh.T("packets.due", nil), p.sh.T("packets.due_help", nil), field.TextRule{Limit: 60},
	)
	to := field.NewText(p.sh, p.sh.T("packets.to", nil), p.sh.T("packets.to_help", nil), field.TextRule{Limit: 60})
	p.sh.Ask(kit.Question{
		Title: title, Text: text, Action: p.sh.T("packets.choose_place", nil),
		Content: lay.Stack(lay.Gap8, lay.Row(0, size), field.NewForm(due, to)),
		Do: func() error {
			if !field.NewForm(due, to).Valid() {
				return kit.ErrShown
			}
			then(packets.SealOptions{
				Originals: size.Chosen() == "originals", Due: due.Text(), To: to.Text(), Words: p.sh.T,
			})
			return nil
		},
	})
}

func (p *packetsPage) onSealAll() {
	p.askSize(p.sh.T("packets.seal_all", nil), p.sh.T("packets.seal_all_text", nil), func(opt packets.SealOptions) {
		p.sh.SaveIn(func(dir string) {
			dir = filepath.Join(dir, p.sh.T("packets.title", nil))
			kit.Fetch(
				p.sh, p.sh.T("packets.sealing", nil),
				func(ctx context.Context, progress kit.Progress) ([]packets.Sealed, error) {
					return p.office.SealPackets(ctx, dir, opt, p.sh.T, progress)
				},
				func(made []packets.Sealed) {
					text := p.sh.T("packets.sealed", judging.Args{"N": len(made), "Path": dir})
					p.sh.Tell(kit.Notice{
						Tone: look.Done, Text: p.withShut(text, made...),
						Action: p.sh.T("packets.slips", nil), Do: p.onSlips,
					})
					p.Load()
				},
			)
		})
	})
}

func (p *packetsPage) onSealOne(r packetRow) {
	title := p.sh.T("packets.seal_one", judging.Args{"Name": r.Call})
	p.askSize(title, p.sh.T("packets.seal_one_text", nil), func(opt packets.SealOptions) {
		p.sh.SaveFile(
			p.sh.T("packet.file_name", judging.Args{"Judge": r.Call})+packetEnding, func(path string) {
				kit.Fetch(
					p.sh, p.sh.T("packets.sealing", nil),
					func(ctx context.Context, progress kit.Progress) (packets.Sealed, error) {
						return p.office.SealPacket(ctx, r.Judge, path, opt, progress)
					},
					func(made packets.Sealed) {
						p.sh.Ask(kit.Question{
							Title: title,
							Text: p.withShut(
								p.sh.T("packets.phrase", judging.Args{"Name": r.Call, "Phrase": made.Passphrase}),
								made),
						})
						p.Load()
					},
				)
			},
		)
	})
}

// withShut adds to a text how many files of packets judges can't open.
func (p *packetsPage) withShut(text string, made ...packets.Sealed) string {
	n := 0
	for _, s := range made {
		n += s.Shut
	}
	if n == 0 {
		return text
	}
	return text + "\n" + p.sh.T("packet.shut", judging.Args{"N": n})
}

// packetEnding and replyEnding are those of package packet, which pages may not know.
const (
	packetEnding = ".fayipacket"
	replyEnding  = ".fayireply"
)

func (p *packetsPage) onSlips() {
	p.sh.SaveFile(p.sh.T("diploma.slip_title", nil)+".pdf", func(path string) {
		kit.Fetch(p.sh, p.sh.T("packets.slips", nil), func(ctx context.Context, _ kit.Progress) (int, error) {
			return p.office.WritePacketSlips(ctx, path, "", "", p.sh.T)
		}, func(n int) {
			page.TellWritten(p.sh, path, p.sh.T("packet.slips_written", judging.Args{"Count": n, "Path": path}))
		})
	})
}
