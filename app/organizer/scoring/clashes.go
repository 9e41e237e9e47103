package scoring

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/scoring"
	"fayi/judging/terms"
)

type clashOffice interface {
	Clashes(ctx context.Context) ([]scoring.PacketClash, error)
	ResolveClash(ctx context.Context, judge judging.JudgeID, work string, take scoring.Take) error
}

// clashesPage shows, side by side, the scores that differ between contest and packets; somebody says which one holds.
type clashesPage struct {
	sh     kit.Shell
	office clashOffice
	head   *header.Header
	body   *fyne.Container
}

func newClashesPage(sh kit.Shell, o clashOffice) *clashesPage { return &clashesPage{sh: sh, office: o} }

// Title is the page's name.
func (p *clashesPage) Title() string { return p.sh.T("packets.clashes_title", nil) }

// Content builds the frame of the list.
func (p *clashesPage) Content() fyne.CanvasObject {
	p.head = header.New(p.Title()).WithBack(p.sh.Back)
	p.body = container.NewStack()
	return header.Page(p.head, p.body)
}

// Load reads what is to be decided.
func (p *clashesPage) Load() {
	kit.Fetch(
		p.sh, p.sh.T("app.loading", nil),
		func(ctx context.Context, _ kit.Progress) ([]scoring.PacketClash, error) { return p.office.Clashes(ctx) },
		p.show,
	)
}

func (p *clashesPage) show(all []scoring.PacketClash) {
	p.head.SetCount(p.sh.T("packets.count", judging.Args{"N": len(all)}))
	list := lay.Stack(lay.Gap16)
	for _, c := range all {
		list.Add(p.card(c))
	}
	var body fyne.CanvasObject = lay.VScroll(page.ClearOfBar(list))
	if len(all) == 0 {
		body = lay.Surface(status.NewEmpty(
			p.sh.T("packets.no_clashes", nil), p.sh.T("packets.no_clashes_text", nil),
			button.NewPrimary(p.sh.T("packets.back", nil), p.sh.Back),
		))
	} else {
		body = lay.Fill(look.NewPara(p.sh.T("packets.clashes_text", nil), look.Body, look.Quiet, 60).Fluid(), body, nil)
	}
	p.body.Objects = []fyne.CanvasObject{body}
	p.body.Refresh()
}

// card is one score with its two tellings.
func (p *clashesPage) card(c scoring.PacketClash) fyne.CanvasObject {
	head := look.NewStrong(
		p.sh.T("packets.clash_head", judging.Args{"Work": c.Code, "Title": c.Title, "Name": c.Name}), look.Section,
		look.Plain,
	)
	return lay.Surface(lay.Stack(lay.Gap8, head, lay.Split(lay.Gap24, []float32{1, 1},
		p.side(p.sh.T("packets.here", nil), c.Contest, func() { p.onTake(c, scoring.TakeContest) }),
		p.side(p.sh.T("score.source_"+string(c.Packet.Source), nil), c.Packet, func() { p.onTake(c, c.Take) }))))
}

// side is one telling: total, marks, comment, when, and the button that takes it.
func (p *clashesPage) side(title string, v judging.ScoreVersion, take func()) fyne.CanvasObject {
	total := look.NewStrong(
		p.sh.T("packets.points", judging.Args{"Total": judging.Exact(v.Total).String()}), look.Title, look.Plain,
	)
	if v.State != judging.Scored {
		total = look.NewStrong(p.sh.T("ballot.state_"+string(v.State), nil), look.Title, look.Plain)
	}
	said := slices.DeleteFunc([]string{marksText(p.sh, v), v.Comment, v.Reason}, func(s string) bool { return s == "" })
	when := p.sh.T("score.source_"+string(v.Source), nil) + " · " + dateTime(p.sh, v.At)
	return lay.Stack(
		lay.Gap8, look.NewText(title, look.Note, look.Quiet), total,
		look.NewPara(strings.Join(said, "\n"), look.Body, look.Plain, 30).Fluid(),
		look.NewText(when, look.Note, look.Quiet),
		lay.Row(0, button.New(p.sh.T("packets.take", nil), take)),
	)
}

func dateTime(t kit.Texter, at time.Time) string { return kit.DateTime(t, at.Local()) }

// marksText lists the marks, by name of criterion.
func marksText(t kit.Texter, v judging.ScoreVersion) string {
	var marks []string
	for _, name := range slices.Sorted(maps.Keys(v.Marks)) {
		mark := judging.Exact(v.Marks[name]).String()
		if !terms.Applies(v.Marks[name]) {
			mark = t.T("desk.not_applicable", nil)
		}
		marks = append(marks, name+" "+mark)
	}
	return strings.Join(marks, t.T("kit.comma", nil))
}

// onTake shows old and new once more before one of them holds: it is not asked a second time.
func (p *clashesPage) onTake(c scoring.PacketClash, take scoring.Take) {
	old, now := scoreWord(p.sh, c.Contest), scoreWord(p.sh, c.Packet)
	key := "packets.take_new"
	if take == scoring.TakeContest {
		key = "packets.take_old"
	}
	p.sh.Ask(kit.Question{
		Title: p.sh.T("packets.take", nil), Action: p.sh.T("packets.take", nil),
		Text: p.sh.T(key, judging.Args{
			"Name": c.Name, "Work": c.Code, "Title": c.Title, "Old": old, "New": now,
		}),
		Do: func() error { p.resolve(c, take); return nil },
	})
}

func (p *clashesPage) resolve(c scoring.PacketClash, take scoring.Take) {
	p.sh.Run(p.sh.T("packets.deciding", nil), func(ctx context.Context, _ kit.Progress) error {
		return p.office.ResolveClash(ctx, c.Judge, string(c.Code), take)
	}, func(err error) {
		p.sh.ShowError(err)
		p.Load()
	})
}
